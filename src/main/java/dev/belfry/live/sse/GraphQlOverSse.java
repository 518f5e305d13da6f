package dev.belfry.live.sse;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.EventLoop;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import dev.belfry.graphql.answers.Answers;
import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import dev.belfry.live.broadcast.Broadcasts;
import dev.belfry.live.broadcast.LiveEvent;
import dev.belfry.live.broadcast.LiveSubscription;
import dev.belfry.live.broadcast.StreamPosition;
import dev.belfry.live.broadcast.Subscriptions;
import dev.belfry.live.socket.GraphQlOverWebSocket;
import dev.belfry.viewer.Viewer;
import dev.belfry.web.connections.Seat;
import dev.belfry.web.connections.Seats;
import dev.belfry.web.tokens.Authorization;
import dev.belfry.web.tokens.RefusedToken;
import dev.belfry.web.tokens.Tokens;
import dev.belfry.web.tokens.ViewerInterceptor;

/**
 * GraphQL over server-sent events, each operation on a connection of its own (PROTOCOL.md
 * of enisdenjo/graphql-sse, distinct connections mode). Subscriptions are those that
 * sockets have; also a query, and what is wrong with a document, comes as one event.
 */
@Component
class GraphQlOverSse extends GraphQlSseHandler implements SmartLifecycle {

	/** The cursor of the last event that a client has, when it comes again. */
	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

	private final WebGraphQlHandler handler;

	private final Subscriptions subscriptions;

	private final Broadcasts broadcasts;

	private final Tokens tokens;

	private final Seats seats;

	private final Answers answers;

	private final Duration keepAlive;

	private final Set<SseListener> open = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	GraphQlOverSse(WebGraphQlHandler handler, Subscriptions subscriptions, Broadcasts broadcasts, Tokens tokens,
			Seats seats, Answers answers, GraphQlProperties properties) {
		super(handler);
		this.handler = handler;
		this.subscriptions = subscriptions;
		this.broadcasts = broadcasts;
		this.tokens = tokens;
		this.seats = seats;
		this.answers = answers;
		this.keepAlive = Objects.requireNonNullElse(properties.getHttp().getSse().getKeepAlive(), KEEP_ALIVE);
	}

	@Override
	public Mono<ServerResponse> handleRequest(ServerRequest request) {
		return request.bodyToMono(SerializableGraphQlRequest.class)
			.switchIfEmpty(
					Mono.error(() -> Refusal.badInput("The body is empty. It must be JSON with a query.", "query")))
			.flatMap((body) -> ViewerInterceptor.viewer().flatMap((viewer) -> answer(request, body, viewer)));
	}

	private Mono<ServerResponse> answer(ServerRequest request, SerializableGraphQlRequest body, Viewer viewer) {
		LiveSubscription subscription = this.subscriptions.of(body.getDocument(), body.getOperationName(),
				Objects.requireNonNullElse(body.getVariables(), Map.of()));
		Flux<SseEvent> events = (subscription != null) ? listen(request, subscription, viewer) : single(request, body);
		DataBufferFactory buffers = request.exchange().getResponse().bufferFactory();
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.header("Cache-Control", "no-cache")
			.header("X-Accel-Buffering", "no")
			.body((response, context) -> Mono.using(() -> seat(request, viewer),
					(seat) -> response
						.writeAndFlushWith(events.map((event) -> Mono.fromSupplier(() -> event.taken(buffers)))),
					Seat::close));
	}

	private Seat seat(ServerRequest request, Viewer viewer) {
		String token = String.valueOf(Authorization.in(request.headers().asHttpHeaders()));
		Seat seat = this.seats.take(request.remoteAddress().orElse(null));
		try {
			seat.admit(token, viewer).begin();
			return seat;
		}
		catch (Refusal tooMany) {
			seat.close();
			throw tooMany;
		}
	}

	private Flux<SseEvent> single(ServerRequest request, SerializableGraphQlRequest body) {
		WebGraphQlRequest operation = new WebGraphQlRequest(request.uri(), request.headers().asHttpHeaders(),
				request.cookies(), request.remoteAddress().orElse(null), request.attributes(), body,
				request.exchange().getRequest().getId(), request.exchange().getLocaleContext().getLocale());
		return this.handler.handleRequest(operation)
			.map((response) -> SseEvent.next(this.answers.write(response.toMap()), null))
			.onErrorResume(Refusal.class,
					(refusal) -> Mono.just(SseEvent.next(this.answers.write(Failures.body(refusal)), null)))
			.concatWith(Mono.just(SseEvent.complete()));
	}

	private Flux<SseEvent> listen(ServerRequest request, LiveSubscription subscription, Viewer viewer) {
		String last = request.headers().firstHeader(LAST_EVENT_ID);
		StreamPosition start = (last != null) ? StreamPosition.first(last) : subscription.start();
		EventLoop loop = loop(request);
		return Flux.<SseEvent>create((sink) -> {
			SseListener listener = new SseListener(sink, loop, viewer, start);
			this.open.add(listener);
			sink.onDispose(() -> close(listener, loop));
			loop.execute(() -> {
				this.broadcasts.join(subscription.key(viewer), listener);
				listener.keepAlive(this.keepAlive);
				listener.endAfter(this.tokens.timeLeft(viewer), this.broadcasts.refused(RefusedToken.expired()));
				if (!this.running) {
					listener.endAfter(Duration.ZERO, this.broadcasts.refused(stopping()));
				}
			});
		}).takeUntilOther(viewer.epoch().end());
	}

	private void close(SseListener listener, EventLoop loop) {
		this.open.remove(listener);
		loop.execute(listener::close);
	}

	/** What is said to a dry run as well, of which the end would say that it is done. */
	private static Refusal stopping() {
		return Refusal.unavailable("This node is stopping. Subscribe again from the last cursor.");
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Each at its own moment; the connections are waited for by {@code Farewell}. */
	@Override
	public void stop() {
		this.running = false;
		LiveEvent end = this.broadcasts.refused(stopping());
		this.open.forEach((listener) -> listener.endAfter(GraphQlOverWebSocket.anyMoment(), end));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return GraphQlOverWebSocket.BEFORE_WEB_SERVER;
	}

	private static EventLoop loop(ServerRequest request) {
		HttpServerRequest netty = ServerHttpRequestDecorator.getNativeRequest(request.exchange().getRequest());
		AtomicReference<EventLoop> loop = new AtomicReference<>();
		netty.withConnection((connection) -> loop.set(connection.channel().eventLoop()));
		return Objects.requireNonNull(loop.get());
	}

}
