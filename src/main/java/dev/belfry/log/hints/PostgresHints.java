package dev.belfry.log.hints;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.DirectConnections;
import dev.belfry.database.connections.Outages;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Hints over PostgreSQL's {@code NOTIFY}, on one connection of its own. Sent after commit
 * and folded over a few milliseconds and over all accounts: inside a business transaction
 * each would take a lock that lines up all commits of the cluster.
 */
@Component
@ConditionalOnProperty(name = "belfry.live.hints", havingValue = "true", matchIfMissing = true)
class PostgresHints implements Hints, SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(PostgresHints.class);

	private static final String CHANNEL = "belfry";

	private static final Duration FOLD = Duration.ofMillis(5);

	/** PostgreSQL takes payloads below 8000 bytes. */
	private static final int LONGEST_PAYLOAD = 7900;

	private static final Duration BEAT = Duration.ofSeconds(2);

	private static final int MANY_FAILURES = 5;

	private final DirectConnections connections;

	private final ApplicationEventPublisher events;

	/** The newest number by kind and account (and user, for marks). */
	private final Map<String, Hint> waiting = new LinkedHashMap<>();

	private volatile @Nullable Connection connection;

	private @Nullable Disposable listening;

	private volatile boolean restored;

	private volatile int failures;

	PostgresHints(DirectConnections connections, ApplicationEventPublisher events) {
		this.connections = connections;
		this.events = events;
	}

	@Override
	public void send(Hint hint) {
		String subject = hint.kind() + "." + hint.account().value()
				+ ((hint.kind() == Hint.Kind.MARK) ? "." + hint.number() : "");
		synchronized (this.waiting) {
			boolean first = this.waiting.isEmpty();
			this.waiting.merge(subject, hint, (old, fresh) -> (fresh.number() > old.number()) ? fresh : old);
			if (first) {
				Schedulers.parallel()
					.schedule(this::flush, FOLD.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
			}
		}
	}

	private void flush() {
		List<Hint> hints;
		synchronized (this.waiting) {
			hints = new ArrayList<>(this.waiting.values());
			this.waiting.clear();
		}
		Connection open = this.connection;
		if (open != null) {
			Flux.fromIterable(payloads(hints))
				.concatMap((payload) -> notify(open, payload))
				.subscribe(null, (problem) -> log.debug("Hints were not sent; the poll makes up for them", problem));
		}
	}

	private static Mono<Void> notify(Connection connection, String payload) {
		return run(connection.createStatement("select pg_notify('" + CHANNEL + "', $1)").bind(0, payload));
	}

	private static Mono<Void> run(Statement statement) {
		return Flux.from(statement.execute()).flatMap((result) -> result.getRowsUpdated()).then();
	}

	private static List<String> payloads(List<Hint> hints) {
		List<String> payloads = new ArrayList<>();
		StringBuilder payload = new StringBuilder();
		for (Hint hint : hints) {
			String text = hint.text();
			if (payload.length() + text.length() >= LONGEST_PAYLOAD) {
				payloads.add(payload.toString());
				payload.setLength(0);
			}
			payload.append(payload.isEmpty() ? "" : " ").append(text);
		}
		payloads.add(payload.toString());
		return payloads;
	}

	private Mono<Void> listen() {
		return Mono.usingWhen(this.connections.create(), this::receive, Connection::close);
	}

	private Mono<Void> receive(Connection connection) {
		Flux<Notification> notifications = DirectConnections.postgres(connection).getNotifications();
		Mono<Void> begin = run(connection.createStatement("listen " + CHANNEL))
			.doOnSuccess((done) -> begun(connection));
		return begin.thenMany(Flux.merge(notifications.doOnNext(this::receive), beats(connection)))
			.doFinally((signal) -> this.connection = null)
			.then(Mono.error(() -> new IllegalStateException("The connection for hints was closed")));
	}

	/** Who only listens does not notice that the other side is gone. */
	private static Flux<Void> beats(Connection connection) {
		return Flux.interval(BEAT)
			.onBackpressureDrop()
			.concatMap((beat) -> run(connection.createStatement("select 1")));
	}

	private void begun(Connection connection) {
		this.connection = connection;
		this.failures = 0;
		if (this.restored) {
			log.debug("Hints between nodes are back");
			this.events.publishEvent(new HintsRestored());
		}
	}

	private void receive(Notification notification) {
		String payload = notification.getParameter();
		if (payload == null || payload.isEmpty()) {
			return;
		}
		for (String text : payload.split(" ")) {
			try {
				this.events.publishEvent(new HintReceived(Hint.parse(text)));
			}
			catch (RuntimeException foreign) {
				log.debug("Not a valid hint: {}", text);
			}
		}
	}

	/** The watch has said so if it is the database. */
	private void lost(Throwable problem) {
		this.restored = true;
		log.debug("Hints between nodes are lost", problem);
		if (!Outages.isUnavailable(problem) && ++this.failures == MANY_FAILURES) {
			log.warn("Hints between nodes are lost; until they are back, changes of other nodes arrive by the poll: {}",
					problem.toString());
		}
	}

	@Override
	public void start() {
		this.listening = listen().doOnError(this::lost)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(2)))
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable running = this.listening;
		this.listening = null;
		if (running != null) {
			running.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.listening != null;
	}

}
