package dev.belfry.live.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.HandshakeInfo;
import reactor.core.publisher.Mono;

import dev.belfry.input.Refusal;
import dev.belfry.live.broadcast.LiveSubscription;
import dev.belfry.viewer.Viewer;
import dev.belfry.web.connections.Seat;
import dev.belfry.web.tokens.Authorization;
import dev.belfry.web.tokens.RefusedToken;

/**
 * A client's connection by {@code graphql-transport-ws}: who it is, the operations that
 * run, and when it has to end. All of it happens on the event loop of its channel, so
 * nothing here is locked.
 */
final class LiveSocket {

	/** So long a socket that stops waits for answers that are under way. */
	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(7);

	/**
	 * How many queries and mutations of a socket are answered at a time: their answers
	 * are all that can pile up for a client that does not read.
	 */
	private static final int MOST_ANSWERS = 10;

	private final SocketChannel channel;

	private final SocketInfo info;

	private final SocketServices services;

	private final Seat seat;

	private final Runnable giveWay = () -> run(this::giveWay);

	private final KeepAlive keepAlive;

	private final Map<String, LiveOperation> operations = new HashMap<>();

	/** Queries and mutations that are not begun. */
	private final Queue<SingleAnswer> waiting = new ArrayDeque<>();

	/**
	 * Those that are, until the network has taken their answers; or, if the client has
	 * completed them before, until their work is over.
	 */
	private int answering;

	private final ScheduledFuture<?> initTimeout;

	private State state = State.NEW;

	private @Nullable Viewer viewer;

	private @Nullable String handshakeAuthorization;

	private @Nullable ScheduledFuture<?> expiry;

	private enum State {

		NEW, INITIALISING, READY, STOPPING, CLOSED

	}

	LiveSocket(SocketChannel channel, HandshakeInfo handshake, Seat seat, SocketServices services) {
		this.channel = channel;
		this.info = SocketInfo.of(handshake);
		this.handshakeAuthorization = handshake.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		this.services = services;
		this.seat = seat;
		this.keepAlive = new KeepAlive(channel, this::giveUp);
		this.initTimeout = channel.schedule(this::initTimedOut, services.settings().initTimeout());
		services.newcomers().add(this.info.remoteAddress(), this.giveWay);
	}

	/** Who is connected; null until it was acknowledged. */
	@Nullable Viewer viewer() {
		return this.viewer;
	}

	/** Takes a message from the client. */
	void receive(ByteBuf text) {
		this.keepAlive.received();
		if (this.state == State.CLOSED) {
			return;
		}
		try {
			take(ClientMessage.read(this.services.json(), text));
		}
		catch (ClientMessage.Invalid invalid) {
			close(CloseCode.INVALID_MESSAGE, invalid.reason());
		}
	}

	/** A ping or pong of RFC 6455 came. */
	void receiveControl(WebSocketFrame frame) {
		this.keepAlive.received();
		if (frame instanceof PingWebSocketFrame) {
			this.channel.send(new PongWebSocketFrame(frame.content().retain()));
		}
	}

	private void take(ClientMessage message) {
		if (message instanceof ClientMessage.ConnectionInit init) {
			init(init);
		}
		else if (message instanceof ClientMessage.Ping ping) {
			ping(ping);
		}
		else if (message instanceof ClientMessage.Subscribe subscribe) {
			subscribe(subscribe);
		}
		else if (message instanceof ClientMessage.Complete complete) {
			complete(complete);
		}
	}

	private void init(ClientMessage.ConnectionInit init) {
		if (this.state != State.NEW) {
			close(CloseCode.TOO_MANY_INITS);
			return;
		}
		this.state = State.INITIALISING;
		this.initTimeout.cancel(false);
		Object inPayload = Authorization.in(init.payload());
		Object authorization = (inPayload != null) ? inPayload : this.handshakeAuthorization;
		this.services.tokens()
			.viewer(authorization)
			.publishOn(this.channel.scheduler())
			.subscribe((viewer) -> acknowledge(viewer, Authorization.token(authorization)), this::refuse);
		this.handshakeAuthorization = null;
	}

	/** Lets a viewer in, or goes on with a new token of the same one. */
	private void admit(Viewer viewer) {
		if (viewer.epoch().isOver()) {
			close(CloseCode.RESTART);
		}
		else if (this.state != State.CLOSED) {
			this.viewer = viewer;
			cancel(this.expiry);
			this.expiry = this.channel.schedule(() -> refuse(RefusedToken.expired()),
					this.services.tokens().timeLeft(viewer));
		}
	}

	private void acknowledge(Viewer viewer, String token) {
		this.services.newcomers().remove(this.info.remoteAddress(), this.giveWay);
		admit(viewer);
		if (this.state != State.INITIALISING || !isSeated(viewer, token)) {
			return;
		}
		this.state = State.READY;
		this.channel.send(ServerMessage.ACK);
		this.keepAlive.start(this.services.settings().keepAlive());
	}

	private boolean isSeated(Viewer viewer, String token) {
		try {
			this.seat.admit(token, viewer);
			return true;
		}
		catch (Refusal tooMany) {
			close(CloseCode.TOO_MANY_SOCKETS, String.valueOf(tooMany.getMessage()));
			return false;
		}
	}

	/** Says in the reason why the token does not count, unless that is not known. */
	private void refuse(Throwable reason) {
		if (reason instanceof Refusal refusal && refusal.code() != Refusal.Code.UNAVAILABLE) {
			close(CloseCode.FORBIDDEN, String.valueOf(refusal.getMessage()));
		}
		else {
			close(CloseCode.TRY_AGAIN);
		}
	}

	private void ping(ClientMessage.Ping ping) {
		this.channel.send(ServerMessage.PONG);
		Viewer known = this.viewer;
		Object authorization = Authorization.in(ping.payload());
		if (authorization != null && known != null) {
			this.services.tokens()
				.viewer(authorization)
				.publishOn(this.channel.scheduler())
				.subscribe((fresh) -> renew(known, fresh), this::refuse);
		}
	}

	private void renew(Viewer known, Viewer fresh) {
		if (fresh.isSameAs(known) && fresh.scopes().containsAll(known.scopes())) {
			admit(fresh);
		}
		else {
			refuse(Refusal.unauthenticated("The new token is of another viewer, or has fewer scopes."));
		}
	}

	private void subscribe(ClientMessage.Subscribe subscribe) {
		String id = subscribe.id();
		if (this.state == State.STOPPING) {
			return;
		}
		if (this.state != State.READY) {
			close(CloseCode.UNAUTHORIZED);
			return;
		}
		if (this.operations.containsKey(id)) {
			close(CloseCode.SUBSCRIBER_EXISTS, "Subscriber for " + id + " already exists");
			return;
		}
		ServerMessage.Envelope envelope = new ServerMessage.Envelope(this.services.json(), id);
		if (this.operations.size() >= this.services.settings().operations()) {
			this.channel.send(this.services.tooManyOperations(envelope));
			return;
		}
		try {
			this.seat.begin();
		}
		catch (Refusal tooMany) {
			this.channel.send(this.services.refused(tooMany, envelope));
			return;
		}
		Viewer known = Objects.requireNonNull(this.viewer);
		LiveSubscription subscription = this.services.subscriptions()
			.of(subscribe.document(), subscribe.operationName(), subscribe.variables());
		if (subscription != null) {
			SocketListener listener = new SocketListener(this, id, envelope, subscription.start());
			this.operations.put(id, listener);
			this.services.broadcasts().join(subscription.key(known), listener);
		}
		else {
			SingleAnswer answer = new SingleAnswer(this, id,
					this.services.answer(this.info.request(subscribe), known, envelope));
			this.operations.put(id, answer);
			this.waiting.add(answer);
			answer();
		}
	}

	/** Begins what waits, as far as the client reads what it was answered. */
	private void answer() {
		while (!this.waiting.isEmpty() && this.answering < MOST_ANSWERS && isWritable()) {
			this.answering++;
			this.waiting.remove().begin();
		}
	}

	/** The network has taken an answer, or the work for one that nobody wants is over. */
	private void answered() {
		this.answering--;
		this.seat.end();
		answer();
	}

	private void complete(ClientMessage.Complete complete) {
		LiveOperation operation = this.operations.remove(complete.id());
		if (operation instanceof SingleAnswer answer && !this.waiting.remove(answer)) {
			answer.abandon(() -> run(this::answered));
		}
		else if (operation != null) {
			operation.cancel();
			this.seat.end();
		}
		stopIfDone();
	}

	/** Sends a message of an operation, unless the operation has ended meanwhile. */
	void deliver(String id, LiveOperation operation, ServerMessage message) {
		if (this.operations.get(id) != operation) {
			return;
		}
		if (message.ends()) {
			this.operations.remove(id);
		}
		if (message.ends() && !operation.isStream()) {
			this.channel.send(message, this::answered);
		}
		else {
			this.channel.send(message);
			if (message.ends()) {
				this.seat.end();
			}
		}
		stopIfDone();
	}

	EventLoop loop() {
		return this.channel.loop();
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	void run(Runnable task) {
		this.channel.run(task);
	}

	/** The network takes more again. */
	void writable() {
		this.keepAlive.received();
		List.copyOf(this.operations.values()).forEach(LiveOperation::resume);
		answer();
	}

	/**
	 * After the delay, ends the streams, lets the answers that are under way out, and
	 * sends the client to another node. Completes when the channel is closed.
	 */
	Mono<Void> stopAfter(Duration delay) {
		this.channel.schedule(this::stop, delay);
		return this.channel.closed();
	}

	private void stop() {
		if (this.state != State.CLOSED) {
			this.state = State.STOPPING;
			endStreams();
			this.channel.schedule(() -> close(CloseCode.RESTART), LONGEST_ANSWER);
			stopIfDone();
		}
	}

	private void endStreams() {
		List<LiveOperation> streams = this.operations.values().stream().filter(LiveOperation::isStream).toList();
		this.operations.values().removeAll(streams);
		streams.forEach((stream) -> {
			stream.cancel();
			this.seat.end();
		});
	}

	private void stopIfDone() {
		if (this.state == State.STOPPING && this.operations.isEmpty()) {
			close(CloseCode.RESTART);
		}
	}

	private void initTimedOut() {
		if (this.state == State.NEW) {
			close(CloseCode.INIT_TIMEOUT);
		}
	}

	/** Others have come, and it has not shown a token yet. */
	private void giveWay() {
		if (this.state == State.NEW || this.state == State.INITIALISING) {
			close(CloseCode.GIVES_WAY);
		}
	}

	private void giveUp() {
		close(CloseCode.NOT_THERE);
		this.channel.abort();
	}

	void close(CloseCode code) {
		close(code, code.reason());
	}

	private void close(CloseCode code, String reason) {
		if (this.state != State.CLOSED) {
			ended();
			this.services.closed(code);
			this.channel.close(code.code(), reason);
		}
	}

	/** Gives everything back. The channel has closed, or will. */
	void ended() {
		this.state = State.CLOSED;
		this.initTimeout.cancel(false);
		this.keepAlive.stop();
		cancel(this.expiry);
		List.copyOf(this.operations.values()).forEach(LiveOperation::cancel);
		this.operations.clear();
		this.waiting.clear();
		this.services.newcomers().remove(this.info.remoteAddress(), this.giveWay);
		this.seat.close();
	}

	private static void cancel(@Nullable ScheduledFuture<?> timer) {
		if (timer != null) {
			timer.cancel(false);
		}
	}

}
