package dev.belfry.transport;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Refusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A WebSocket that knows its viewer. One whose token is refused or has expired closes
 * with 4403, on which clients come again with a new token; Spring's own 4401 ends them
 * for good.
 */
final class Socket implements WebSocketSession {

	private static final String ATTRIBUTE = Socket.class.getName();

	private static final CloseStatus FORBIDDEN = new CloseStatus(4403, "Forbidden");

	private static final CloseStatus TRY_AGAIN = new CloseStatus(1013, "Try again later");

	private static final int UNAUTHORIZED = 4401;

	private final WebSocketSession session;

	private volatile @Nullable Viewer viewer;

	private volatile @Nullable CloseStatus refusal;

	Socket(WebSocketSession session) {
		this.session = session;
		session.getAttributes().put(ATTRIBUTE, this);
	}

	static Socket of(Map<String, Object> attributes) {
		return (Socket) Objects.requireNonNull(attributes.get(ATTRIBUTE));
	}

	@Nullable Viewer viewer() {
		return this.viewer;
	}

	void admit(Viewer viewer, Duration timeLeft) {
		this.viewer = viewer;
		Mono.delay(timeLeft)
			.takeUntilOther(this.session.closeStatus())
			.flatMap((tick) -> this.session.close(FORBIDDEN))
			.onErrorComplete()
			.subscribe();
	}

	void refuse(Throwable reason) {
		this.refusal = (reason instanceof Refusal) ? FORBIDDEN : TRY_AGAIN;
	}

	@Override
	public Mono<Void> close(CloseStatus status) {
		CloseStatus refused = this.refusal;
		return this.session.close((status.getCode() == UNAUTHORIZED && refused != null) ? refused : status);
	}

	@Override
	public String getId() {
		return this.session.getId();
	}

	@Override
	public HandshakeInfo getHandshakeInfo() {
		return this.session.getHandshakeInfo();
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return this.session.bufferFactory();
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.session.getAttributes();
	}

	@Override
	public Flux<WebSocketMessage> receive() {
		return this.session.receive();
	}

	@Override
	public Mono<Void> send(Publisher<WebSocketMessage> messages) {
		return this.session.send(messages);
	}

	@Override
	public boolean isOpen() {
		return this.session.isOpen();
	}

	@Override
	public Mono<CloseStatus> closeStatus() {
		return this.session.closeStatus();
	}

	@Override
	public WebSocketMessage textMessage(String payload) {
		return this.session.textMessage(payload);
	}

	@Override
	public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return this.session.binaryMessage(payload);
	}

	@Override
	public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return this.session.pingMessage(payload);
	}

	@Override
	public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> payload) {
		return this.session.pongMessage(payload);
	}

}
