package dev.belfry.notifier.entries;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Bodies;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.testing.Events;

/**
 * What the alerts of one account cost that do not match. Not a test: after
 * {@code ./mvnw -DskipTests package},
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=AlertsBenchmark} prints tables and puts
 * them into {@code docs/benchmarks.md}; {@code -Dtest=AlertsBenchmark#intake} one of
 * them. With {@code -Dbelfry.benchmark.quick=true} it only shows that all of it works.
 */
@Tag("benchmark")
class AlertsBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int ROUNDS = QUICK ? 1 : 5;

	private static final List<Integer> NUMBERS = QUICK ? List.of(1, 100) : List.of(1, 10, 100, 1_000);

	private static final int CLIENTS = 4;

	private static final int A_CALL = 500;

	/** Calls of one measurement. */
	private static final int CALLS = QUICK ? 4 : 80;

	private static final String BEHIND = """
			select 1 from notifier_progress p where p.event_end > p.event_position""";

	private static final String HOLD = """
			insert into notifier (account_id, not_before) select account_id, 'infinity' from account
			on conflict (account_id) do update set not_before = excluded.not_before""";

	private static final String LET_GO = "update notifier set not_before = null";

	private final Report report = new Report();

	/**
	 * From when the notifier may begin with what is stored to when it has evaluated all.
	 */
	@Test
	void cost() throws Exception {
		try (BenchmarkServer server = start();
				Session session = database(server, "alerts");
				BelfryJar belfry = BelfryJar.start(server.port(), "alerts", List.of(),
						List.of("belfry.notifier.poll-interval=20ms"))) {
			List<Setting> settings = new ArrayList<>();
			for (Kind kind : Kind.values()) {
				NUMBERS.forEach((number) -> settings.add(new Setting(kind, number)));
			}
			BenchmarkAccounts.create(session, settings.size());
			for (int i = 0; i < settings.size(); i++) {
				BenchmarkAccounts.alert(session, 1 + i, settings.get(i).number(), settings.get(i).kind().condition);
			}
			Map<Setting, List<Double>> costs = new HashMap<>();
			for (int round = -1; round < ROUNDS; round++) {
				for (int i = 0; i < settings.size(); i++) {
					double cost = evaluate(belfry, session, BenchmarkAccounts.name(1 + i));
					if (round >= 0) {
						costs.computeIfAbsent(settings.get(i), (setting) -> new ArrayList<>()).add(cost);
					}
				}
			}
			print(settings, costs);
			keep("alertsCost");
		}
	}

	@Test
	void intake() throws Exception {
		try (BenchmarkServer server = start();
				Session some = database(server, "alerts_on");
				Session none = database(server, "alerts_off");
				BelfryJar with = BelfryJar.start(server.port(), "alerts_on");
				BelfryJar without = BelfryJar.start(server.port(), "alerts_off")) {
			BenchmarkAccounts.create(some, 2);
			BenchmarkAccounts.create(none, 2);
			BenchmarkAccounts.alert(some, 1, 1_000, Kind.OTHER_VALUE.condition);
			BenchmarkAccounts.alert(some, 2, 1_000, Kind.GREATER.condition);
			this.report.say(
					"Events a second by %d clients, %d a call, all of one account and of the type of its 1,000 alerts.",
					CLIENTS, A_CALL);
			this.report.table(1, "alerts that ask for", "with the alerts", "of rounds", "none", "of rounds", "ratio",
					"of rounds", "seconds until all is evaluated");
			for (Kind kind : Kind.values()) {
				String account = BenchmarkAccounts.name(1 + kind.ordinal());
				List<Pair> rounds = new ArrayList<>();
				for (int round = QUICK ? 0 : -2; round < ROUNDS; round++) {
					Pair pair = new Pair(take(with, some, account), take(without, none, account));
					if (round >= 0) {
						rounds.add(pair);
					}
				}
				print(kind, rounds);
			}
			keep("alertsIntake");
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
		BenchmarkServer postgres = BenchmarkServer.start("alerts");
		this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(), load, postgres.version(), Runtime.version());
		return postgres;
	}

	private static Session database(BenchmarkServer server, String name) {
		server.createDatabase(name);
		return Session.on(server.database(name));
	}

	/** Answers how many microseconds an entry took. */
	private static double evaluate(BelfryJar belfry, Session session, String account) throws Exception {
		session.run(HOLD);
		publish(belfry, account);
		session.run(LET_GO);
		return await(session) * 1e6 / CALLS / A_CALL;
	}

	/** And waits until nothing is left that would disturb the next one. */
	private static Round take(BelfryJar belfry, Session session, String account) throws Exception {
		return new Round(publish(belfry, account), await(session));
	}

	/** Answers how many events a second it were. */
	private static double publish(BelfryJar belfry, String account) throws Exception {
		try (Bodies bodies = Bodies.of("publishEvents", CALLS)) {
			for (int i = 0; i < CALLS; i++) {
				bodies.add(account, "events",
						IntStream.range(0, A_CALL)
							.mapToObj((event) -> Events.one("event-" + UUID.randomUUID(), TestOrders.TYPE))
							.toList());
			}
			return bodies.send(belfry, CLIENTS).rate();
		}
	}

	/** Answers how many seconds it took until all was evaluated. */
	private static double await(Session session) {
		long start = System.nanoTime();
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> !session.any(BEHIND));
		return (System.nanoTime() - start) / 1e9;
	}

	private void print(List<Setting> settings, Map<Setting, List<Double>> costs) {
		this.report.say("Microseconds of the notifier for an event that none of so many alerts matches.");
		this.report.table(1, "alerts that ask for", "alerts", "microseconds", "of rounds", "of one alert", "of rounds");
		for (Setting setting : settings) {
			List<Double> all = costs.get(setting);
			List<Double> ofOne = costs.get(new Setting(setting.kind(), 1));
			List<Double> ratios = IntStream.range(0, all.size()).mapToObj((i) -> all.get(i) / ofOne.get(i)).toList();
			Spread cost = Spread.of(all, Double::doubleValue);
			Spread ratio = Spread.of(ratios, Double::doubleValue);
			this.report.row(setting.kind().words, setting.number(), cost.median(), cost.range(), ratio.median(),
					ratio.range());
		}
	}

	private void print(Kind kind, List<Pair> rounds) {
		Spread with = Spread.of(rounds, (pair) -> pair.with().rate());
		Spread without = Spread.of(rounds, (pair) -> pair.without().rate());
		Spread ratio = Spread.of(rounds, (pair) -> pair.with().rate() / pair.without().rate());
		this.report.row(kind.words, with.median(), with.range(), without.median(), without.range(), ratio.median(),
				ratio.range(), Spread.of(rounds, (pair) -> pair.with().behind()).median());
	}

	/** What alerts ask for, each with a number of its own in the place of {@code %s}. */
	private enum Kind {

		OTHER_VALUE("another channel each, and two more tests", """
				{"all": [{"test": {"field": "order.channel", "operator": "EQUALS", "value": "Channel %s"}},
				         {"test": {"field": "order.total", "operator": "GREATER", "value": 1}},
				         {"test": {"field": "order.shipping.city", "operator": "STARTS_WITH", "value": "l"}}]}"""),

		GREATER("a higher total each, and two more tests", """
				{"all": [{"test": {"field": "order.total", "operator": "GREATER", "value": 1000000%s}},
				         {"test": {"field": "order.channel", "operator": "NOT_EQUALS", "value": "nowhere"}},
				         {"test": {"field": "order.shipping.city", "operator": "STARTS_WITH", "value": "l"}}]}""");

		private final String words;

		private final String condition;

		Kind(String words, String condition) {
			this.words = words;
			this.condition = condition;
		}

	}

	private record Setting(Kind kind, int number) {
	}

	/**
	 * One measurement.
	 *
	 * @param rate events a second
	 * @param behind how many seconds the notifier needed afterwards
	 */
	private record Round(double rate, double behind) {
	}

	/** Both, measured one right after the other. */
	private record Pair(Round with, Round without) {
	}

}
