package dev.belfry.live.socket;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;

import dev.belfry.database.connections.EpochEnded;
import dev.belfry.input.Refusal;
import dev.belfry.web.connections.Seat;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * GraphQL over WebSocket, by {@code graphql-transport-ws}. Decision 9 says why it is not
 * Spring's.
 */
@Component
public class GraphQlOverWebSocket implements WebSocketHandler, SmartLifecycle {

	static final String SUBPROTOCOL = "graphql-transport-ws";

	/** What a message may have, in one frame or several. */
	static final int LONGEST_MESSAGE = 1 << 16;

	/** Over so long the sockets of a node that stops are closed. */
	private static final Duration STOPPING = Duration.ofSeconds(2);

	/** Before the web server stops, which would cut the sockets. */
	public static final int BEFORE_WEB_SERVER = Integer.MAX_VALUE - 512;

	private final SocketServices services;

	private final Set<LiveSocket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	GraphQlOverWebSocket(SocketServices services, MeterRegistry metrics) {
		this.services = services;
		metrics.gaugeCollectionSize("belfry.live.sockets", List.of(), this.sockets);
	}

	@Override
	public List<String> getSubProtocols() {
		return List.of(SUBPROTOCOL);
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		NettySession netty = (NettySession) session;
		HandshakeInfo handshake = session.getHandshakeInfo();
		if (netty.inbound().selectedSubprotocol() == null) {
			return refuse(netty, CloseCode.SUBPROTOCOL);
		}
		if (!this.running) {
			return refuse(netty, CloseCode.RESTART);
		}
		Seat seat = seat(handshake);
		if (seat == null) {
			return refuse(netty, CloseCode.TOO_MANY_SOCKETS);
		}
		return Mono.<Void>create((done) -> netty.outbound().withConnection((connection) -> {
			SocketChannel channel = new SocketChannel(connection.channel(), netty.outbound());
			channel
				.run(() -> listen(connection, netty.inbound(), new LiveSocket(channel, handshake, seat, this.services))
					.subscribe(null, (cut) -> done.success(), done::success));
		}));
	}

	/** Null if its address has as many as it may. */
	private @Nullable Seat seat(HandshakeInfo handshake) {
		try {
			return this.services.seats().take(handshake.getRemoteAddress());
		}
		catch (Refusal tooMany) {
			return null;
		}
	}

	private Mono<Void> refuse(NettySession netty, CloseCode code) {
		this.services.closed(code);
		return netty.outbound().sendClose(code.code(), code.reason());
	}

	private Mono<Void> listen(Connection connection, WebsocketInbound inbound, LiveSocket socket) {
		FrameGuard guard = new FrameGuard(LONGEST_MESSAGE, this.services.settings().messages(), socket::close,
				socket::writable);
		this.sockets.add(socket);
		return guard.receive(connection, inbound).doOnNext((frame) -> receive(socket, frame)).doFinally((signal) -> {
			this.sockets.remove(socket);
			socket.ended();
		}).then();
	}

	private static void receive(LiveSocket socket, WebSocketFrame frame) {
		if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
			socket.receive(frame.content());
		}
		else {
			socket.receiveControl(frame);
		}
	}

	/** How many sockets are open. */
	int open() {
		return this.sockets.size();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	/** Each socket at its own moment, so that not all come to the next node at once. */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Flux.fromIterable(List.copyOf(this.sockets))
			.flatMap((socket) -> socket.stopAfter(anyMoment()), Integer.MAX_VALUE)
			.doFinally((signal) -> callback.run())
			.subscribe();
	}

	/**
	 * Who was let in, and where each stands, was known of another database. All come
	 * again, as to a node that was restarted.
	 */
	@EventListener(EpochEnded.class)
	void onEpochEnded() {
		this.sockets.forEach((socket) -> socket.stopAfter(anyMoment()).subscribe());
	}

	/** At which of those who listen to a node that stops is told so. */
	public static Duration anyMoment() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(STOPPING.toMillis()));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return BEFORE_WEB_SERVER;
	}

	/** A session that shows what is below it. */
	static final class NettySession extends ReactorNettyWebSocketSession {

		NettySession(WebsocketInbound inbound, WebsocketOutbound outbound, HandshakeInfo handshake,
				NettyDataBufferFactory buffers, int longestFrame) {
			super(inbound, outbound, handshake, buffers, longestFrame);
		}

		WebsocketInbound inbound() {
			return getDelegate().getInbound();
		}

		WebsocketOutbound outbound() {
			return getDelegate().getOutbound();
		}

	}

}
