package dev.belfry.notifier.reader;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Bodies;
import dev.belfry.benchmark.MailSink;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;

/**
 * What the notifier takes from intake, and how far it is behind a steady one. Not a test:
 * after {@code ./mvnw -DskipTests package},
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=NotifierBenchmark} prints tables and puts
 * them into {@code docs/benchmarks.md}; {@code -Dtest=NotifierBenchmark#lag} one of them.
 * With {@code -Dbelfry.benchmark.quick=true} it only shows that all of it works.
 */
@Tag("benchmark")
class NotifierBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int ROUNDS = QUICK ? 1 : 5;

	private static final int ACCOUNTS = 1_000;

	private static final int CLIENTS = 8;

	/** Calls of 500 each, of one measurement. */
	private static final int CALLS = QUICK ? 8 : 96;

	private static final int A_CALL = 500;

	private static final int ENTRIES_A_SECOND = 500;

	private static final int A_STEADY_CALL = 10;

	private static final int SECONDS = QUICK ? 15 : 180;

	/** The four that are about jobs, and six that are about events. */
	private static final List<String> TEN = List.of("INVENTORY_IMPORT_COMPLETED", "LISTINGS_PUBLISHED", "JOB_FAILED",
			"JOB_COMPLETED_WITH_ERRORS", "ORDER_ON_HOLD", "SHIPMENT_RECEIVED", "FULFILLMENT_REQUEST_REJECTED",
			"PRODUCT_OUT_OF_STOCK", "SOURCE_INVOICE_IMPORTED", "NEW_RESELLER_SIGNUP");

	private static final List<String> PUBLISHABLE = EventTypes.all()
		.stream()
		.filter(EventType::publishable)
		.map(EventType::key)
		.toList();

	private static final String BEHIND = """
			select 1 from notifier_progress p where p.job_end > p.job_position or p.event_end > p.event_position""";

	private static final String LAG = """
			select coalesce(max(extract(epoch from clock_timestamp() - j.recorded_at)), 0)
			from notifier_progress p
			cross join lateral (
			  select c.recorded_at from job_notification c
			  where c.account_id = p.account_id and c.position > p.job_position order by c.position limit 1
			) j where p.job_end > p.job_position""";

	private final Report report = new Report();

	private final Random random = new Random(7);

	@Test
	void intake() throws Exception {
		try (BenchmarkServer server = start();
				MailSink sink = MailSink.start();
				Session on = database(server, "toggles_on");
				Session off = database(server, "toggles_off");
				BelfryJar withToggles = BelfryJar.start(server.port(), "toggles_on", List.of(), sink.settings());
				BelfryJar without = BelfryJar.start(server.port(), "toggles_off", List.of(), sink.settings())) {
			BenchmarkAccounts.create(on, ACCOUNTS);
			BenchmarkAccounts.create(off, ACCOUNTS);
			BenchmarkAccounts.switchOn(on, TEN);
			this.report.say("Entries a second by %d clients, %d a call, over %,d accounts.", CLIENTS, A_CALL, ACCOUNTS);
			this.report.table(1, "entries", "ten toggles on", "of rounds", "none", "of rounds", "ratio", "of rounds",
					"seconds until all is evaluated", "entries a second until then", "ratio");
			for (Kind kind : Kind.values()) {
				for (int warmUp = 0; warmUp < (QUICK ? 1 : 3); warmUp++) {
					take(kind, withToggles, on);
					take(kind, without, off);
				}
				List<Pair> rounds = new ArrayList<>();
				for (int round = 0; round < ROUNDS; round++) {
					rounds.add(new Pair(take(kind, withToggles, on), take(kind, without, off)));
				}
				print(kind, rounds);
			}
			keep("notifierIntake");
		}
	}

	@Test
	void lag() throws Exception {
		try (BenchmarkServer server = start();
				MailSink sink = MailSink.start();
				Session session = database(server, "toggles_on");
				BelfryJar belfry = BelfryJar.start(server.port(), "toggles_on", List.of(),
						sink.settings("belfry.notifier.window=1m"))) {
			BenchmarkAccounts.create(session, ACCOUNTS);
			BenchmarkAccounts.switchOn(session, TEN);
			follow(belfry, session, QUICK ? 5 : 60);
			List<Double> lags = follow(belfry, session, SECONDS);
			this.report.say(
					"Seconds that the oldest entry waits that is not evaluated, at %d entries a second in calls of %d "
							+ "over %,d accounts with ten toggles on; %s deliveries.",
					ENTRIES_A_SECOND, A_STEADY_CALL, ACCOUNTS, session.texts("select count(*) from delivery").get(0));
			this.report.table(1, "seconds", "p50", "p99", "most");
			int tenth = lags.size() * 10 / SECONDS;
			for (int from = 0; from + tenth <= lags.size(); from += tenth) {
				int second = from / tenth * 10;
				print(second + "–" + (second + 10), lags.subList(from, from + tenth));
			}
			print("first third", lags.subList(0, lags.size() / 3));
			print("last third", lags.subList(lags.size() - lags.size() / 3, lags.size()));
			keep("notifierLag");
		}
	}

	/** A quick run has no figures to keep. */
	private void keep(String name) throws IOException {
		if (!QUICK) {
			this.report.save(name);
		}
	}

	private BenchmarkServer start() {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		BenchmarkServer postgres = BenchmarkServer.start("notifier");
		this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(), load, postgres.version(), Runtime.version());
		return postgres;
	}

	private static Session database(BenchmarkServer server, String name) {
		server.createDatabase(name);
		return Session.on(server.database(name));
	}

	/** And waits until nothing is left that would disturb the next one. */
	private Round take(Kind kind, BelfryJar belfry, Session session) throws Exception {
		try (Bodies bodies = Bodies.of(kind.operation, CALLS)) {
			for (int i = 0; i < CALLS; i++) {
				bodies.add(account(), kind.list, kind.items(A_CALL, this.random));
			}
			double rate = bodies.send(belfry, CLIENTS).rate();
			long sent = System.nanoTime();
			await(session, BEHIND);
			double behind = (System.nanoTime() - sent) / 1e9;
			double evaluated = CALLS * A_CALL / (CALLS * A_CALL / rate + behind);
			await(session, "select 1 from delivery where state in ('PENDING', 'SENDING')");
			return new Round(rate, behind, evaluated);
		}
	}

	private static void await(Session session, String unfinished) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !session.any(unfinished));
	}

	/** Looks at the lag five times a second, while completions come. */
	private List<Double> follow(BelfryJar belfry, Session session, int seconds) throws Exception {
		int calls = seconds * ENTRIES_A_SECOND / A_STEADY_CALL;
		try (Bodies bodies = Bodies.of(Kind.COMPLETIONS.operation, calls)) {
			for (int i = 0; i < calls; i++) {
				bodies.add(account(), Kind.COMPLETIONS.list, Kind.COMPLETIONS.items(A_STEADY_CALL, this.random));
			}
			List<Double> lags = new ArrayList<>();
			CompletableFuture<Bodies.Sent> sent = CompletableFuture.supplyAsync(() -> send(bodies, belfry));
			Awaitility.await()
				.atMost(Duration.ofSeconds(2L * seconds + 60))
				.pollInterval(Duration.ofMillis(200))
				.until(() -> sent.isDone() || !lags.add(lag(session)));
			this.report.say("The latest of %,d calls was sent %,d ms late.", calls, sent.get().late());
			return lags;
		}
	}

	private static double lag(Session session) {
		return Double.parseDouble(session.texts(LAG).get(0));
	}

	private static Bodies.Sent send(Bodies bodies, BelfryJar belfry) {
		try {
			return bodies.send(belfry, 16, (double) ENTRIES_A_SECOND / A_STEADY_CALL);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String account() {
		return BenchmarkAccounts.name(1 + this.random.nextInt(ACCOUNTS));
	}

	private void print(Kind kind, List<Pair> rounds) {
		Spread with = Spread.of(rounds, (pair) -> pair.with().rate());
		Spread without = Spread.of(rounds, (pair) -> pair.without().rate());
		Spread ratio = Spread.of(rounds, (pair) -> pair.with().rate() / pair.without().rate());
		this.report.row(kind.list, with.median(), with.range(), without.median(), without.range(), ratio.median(),
				ratio.range(), Spread.of(rounds, (pair) -> pair.with().behind()).median(),
				Spread.of(rounds, (pair) -> pair.with().evaluated()).median(),
				Spread.of(rounds, (pair) -> pair.with().evaluated() / pair.without().rate()).median());
	}

	private void print(String part, List<Double> lags) {
		double[] sorted = lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		this.report.row(part, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
	}

	/** What an intake takes in. */
	private enum Kind {

		COMPLETIONS("recordJobCompletions", "completions") {

			@Override
			List<Map<String, Object>> items(int number, Random random) {
				return Completions.likeTheSamples(number, random);
			}

		},
		EVENTS("publishEvents", "events") {

			@Override
			List<Map<String, Object>> items(int number, Random random) {
				return IntStream.range(0, number)
					.mapToObj((i) -> Events.one("event-" + UUID.randomUUID(),
							PUBLISHABLE.get(random.nextInt(PUBLISHABLE.size()))))
					.toList();
			}

		};

		private final String operation;

		private final String list;

		Kind(String operation, String list) {
			this.operation = operation;
			this.list = list;
		}

		abstract List<Map<String, Object>> items(int number, Random random);

	}

	/**
	 * One measurement.
	 *
	 * @param rate entries a second
	 * @param behind how many seconds the notifier needed afterwards
	 * @param evaluated entries a second until it had evaluated them
	 */
	private record Round(double rate, double behind, double evaluated) {
	}

	/** Both, measured one right after the other. */
	private record Pair(Round with, Round without) {
	}

}
