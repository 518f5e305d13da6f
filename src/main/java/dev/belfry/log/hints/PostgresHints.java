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
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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

	private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

	private final DirectConnections connections;

	private final ApplicationEventPublisher events;

	/** The newest number by kind and account (and user, for marks). */
	private final Map<String, Hint> waiting = new LinkedHashMap<>();

	private final Loop listening;

	private volatile @Nullable Connection connection;

	/** What a listener to hints has thrown. */
	private volatile @Nullable Throwable fault;

	private volatile boolean restored;

	PostgresHints(DirectConnections connections, ApplicationEventPublisher events, Loops loops) {
		this.connections = connections;
		this.events = events;
		this.listening = loops.make(LoopPlan
			.every(BEAT, "hints",
					"Hints between nodes are lost; until they are back, changes of other nodes arrive by the poll")
			.within(LONGEST_TURN), this::turn);
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

	/**
	 * Listens; or asks, since who only listens does not notice that the other side is
	 * gone.
	 */
	private Mono<Void> turn() {
		Throwable thrown = this.fault;
		this.fault = null;
		if (thrown != null) {
			return Mono.error(thrown);
		}
		Connection open = this.connection;
		return (open != null) ? run(open.createStatement("select 1")).doOnError((problem) -> lost(open, problem))
			.doOnCancel(() -> lost(open, null)) : listen();
	}

	private Mono<Void> listen() {
		return Mono.usingWhen(this.connections.create(), this::listen, (connection) -> Mono.empty(),
				(connection, problem) -> connection.close(), Connection::close);
	}

	private Mono<Void> listen(Connection connection) {
		return run(connection.createStatement("listen " + CHANNEL)).doOnSuccess((done) -> begun(connection));
	}

	private void begun(Connection connection) {
		this.connection = connection;
		DirectConnections.postgres(connection)
			.getNotifications()
			.subscribe((notification) -> receive(connection, notification), (problem) -> lost(connection, problem),
					() -> lost(connection, null));
		if (this.restored) {
			log.debug("Hints between nodes are back");
			this.events.publishEvent(new HintsRestored());
		}
	}

	/** Whatever a listener throws must not reach the driver. */
	private void receive(Connection connection, Notification notification) {
		try {
			receive(notification);
		}
		catch (Throwable thrown) {
			this.fault = thrown;
			lost(connection, thrown);
		}
	}

	private void receive(Notification notification) {
		String payload = notification.getParameter();
		if (payload == null || payload.isEmpty()) {
			return;
		}
		for (String text : payload.split(" ")) {
			Hint hint = parse(text);
			if (hint != null) {
				this.events.publishEvent(new HintReceived(hint));
			}
		}
	}

	private static @Nullable Hint parse(String text) {
		try {
			return Hint.parse(text);
		}
		catch (RuntimeException foreign) {
			log.debug("Not a valid hint: {}", text);
			return null;
		}
	}

	/** Listens anew on another connection. */
	private void lost(Connection connection, @Nullable Throwable problem) {
		synchronized (this) {
			if (this.connection != connection) {
				return;
			}
			this.connection = null;
		}
		this.restored = true;
		log.debug("Hints between nodes are lost", problem);
		close(connection);
		this.listening.wake();
	}

	private static void close(Connection connection) {
		Mono.from(connection.close()).subscribe(null, (problem) -> log.debug("Not closed in order", problem));
	}

	@Override
	public void start() {
		this.listening.start();
	}

	@Override
	public void stop() {
		this.listening.stop();
		Connection open = this.connection;
		this.connection = null;
		if (open != null) {
			close(open);
		}
	}

	@Override
	public boolean isRunning() {
		return this.listening.isRunning();
	}

}
