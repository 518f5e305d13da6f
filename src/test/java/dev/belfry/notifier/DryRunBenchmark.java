package dev.belfry.notifier;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.accounts.AccountId;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.events.EventIntake;
import dev.belfry.events.NewEvent;
import dev.belfry.testing.LocalNode;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * What a dry run costs beside reading the same events, and what it takes from intake. Not
 * a test: {@code ./mvnw test -Dgroups=benchmark -Dtest=DryRunBenchmark} prints tables and
 * puts them into {@code docs/benchmarks.md}. With {@code -Dbelfry.benchmark.quick=true}
 * it only shows that all of it works.
 */
@Tag("benchmark")
class DryRunBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int EVENTS = QUICK ? 10_000 : 100_000;

	private static final int ROUNDS = QUICK ? 1 : 7;

	private static final int WARM_UP = QUICK ? 1 : 3;

	private static final int A_CALL = 500;

	/** Of one round of intake. */
	private static final int CALLS = QUICK ? 8 : 120;

	private static final int CLIENTS = 4;

	/** All true of every order but the last. */
	private static final Map<String, Object> TEN_TESTS = Map.of("all",
			List.of(TestOrders.test("order.currency", "EQUALS", "usd"),
					TestOrders.test("order.channel", "STARTS_WITH", "northwind"),
					TestOrders.test("order.customer.email", "CONTAINS", "@example."),
					TestOrders.test("order.customer.name", "MATCHES", "mart[ií]n$"),
					TestOrders.test("order.shipping.country", "IN", List.of("DE", "ES", "FR", "IT")),
					TestOrders.test("order.shipping.city", "NOT_EQUALS", "Paris"),
					TestOrders.test("order.placedAt", "AFTER", "2026-01-01T00:00:00Z"),
					TestOrders.test("order.discount", "BETWEEN", List.of(1, 100)),
					TestOrders.test("order.itemCount", "GREATER_OR_EQUAL", BigDecimal.ONE),
					TestOrders.test("order.total", "GREATER", new BigDecimal(980))));

	private static final AccountStyle STYLE = new AccountStyle("Shop", ZoneOffset.UTC, Locale.US);

	private final Report report = new Report();

	private final Random random = new Random(7);

	private final Instant begin = Instant.now().minus(Duration.ofDays(1));

	@Test
	void measures() throws IOException {
		try (BenchmarkServer server = start()) {
			server.createDatabase("dry_run");
			try (LocalNode node = LocalNode.start("r2dbc:postgresql://127.0.0.1:" + server.port() + "/dry_run",
					"belfry.notifier.enabled=false", "belfry.mail.threads=0");
					Session session = Session.on(server.database("dry_run"))) {
				BenchmarkAccounts.create(session, 2);
				AccountId account = account(session, 1);
				AccountId other = account(session, 2);
				publish(node, account, EVENTS / A_CALL);
				session.run("vacuum analyze");
				beside(node, account);
				beside(node, account, other);
			}
		}
		if (!QUICK) {
			this.report.save("dryRun");
		}
	}

	/** Beside reading the same events. */
	private void beside(LocalNode node, AccountId account) {
		for (int i = 0; i < WARM_UP; i++) {
			read(node, account);
			run(node, account);
		}
		List<Pair> rounds = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			rounds.add(new Pair(run(node, account), read(node, account)));
		}
		this.report.say("Events a second over %,d orders of one account, by a condition of ten tests that matches %,d.",
				EVENTS, dryRun(node, account).blockLast().matched());
		print("stored", "dry run", "reading alone", rounds);
	}

	/** Beside an intake of another account. */
	private void beside(LocalNode node, AccountId account, AccountId other) {
		publish(node, other, CALLS);
		List<Pair> rounds = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			double alone = publish(node, other, CALLS);
			Disposable runs = dryRun(node, account).repeat().subscribe();
			double beside = publish(node, other, CALLS);
			runs.dispose();
			rounds.add(new Pair(beside, alone));
		}
		this.report.say("Events a second that %d callers publish into another account of the same node, %d a call.",
				CLIENTS, A_CALL);
		print("published", "beside a dry run", "alone", rounds);
	}

	private void print(String what, String measured, String floor, List<Pair> rounds) {
		this.report.table(1, "events", measured, "of rounds", floor, "of rounds", "ratio", "of rounds");
		Spread first = Spread.of(rounds, Pair::measured);
		Spread second = Spread.of(rounds, Pair::floor);
		Spread ratio = Spread.of(rounds, (pair) -> pair.measured() / pair.floor());
		this.report.row(what, first.median(), first.range(), second.median(), second.range(), ratio.median(),
				ratio.range());
	}

	private double run(LocalNode node, AccountId account) {
		long start = System.nanoTime();
		AlertDryRun result = dryRun(node, account).blockLast();
		double rate = EVENTS / seconds(start);
		if (!result.complete() || result.considered() != EVENTS) {
			throw new IllegalStateException(result.toString());
		}
		return rate;
	}

	private double read(LocalNode node, AccountId account) {
		long start = System.nanoTime();
		int read = node.bean(StoredEntries.class)
			.of(account, TestOrders.TYPE, this.begin, Instant.now())
			.map(List::size)
			.reduce(0, Integer::sum)
			.block();
		double rate = EVENTS / seconds(start);
		if (read != EVENTS) {
			throw new IllegalStateException(read + " events were read.");
		}
		return rate;
	}

	private Flux<AlertDryRun> dryRun(LocalNode node, AccountId account) {
		Map<String, Object> draft = Map.of("eventType", TestOrders.TYPE, "condition", TEN_TESTS, "recipients",
				List.of(Map.of("email", "ann@shop.example"), Map.of("persona", "B2B_USER")));
		return Flux.defer(() -> node.bean(DryRuns.class)
			.run(account, STYLE, new DryRunInput(Map.of("draft", draft), this.begin, Instant.now(), 10)));
	}

	/** Answers how many events a second it were. */
	private double publish(LocalNode node, AccountId account, int calls) {
		EventIntake intake = node.bean(EventIntake.class);
		List<List<NewEvent>> batches = IntStream.range(0, calls).mapToObj((i) -> orders()).toList();
		long start = System.nanoTime();
		Flux.fromIterable(batches).flatMap((batch) -> intake.publish(account, batch), CLIENTS).blockLast();
		return calls * A_CALL / seconds(start);
	}

	private List<NewEvent> orders() {
		return IntStream.range(0, A_CALL)
			.mapToObj((i) -> NewEvent.of("event-" + UUID.randomUUID(), TestOrders.TYPE, this.begin,
					TestOrders.payload("FR", this.random.nextInt(1_000), 5)))
			.toList();
	}

	private BenchmarkServer start() {
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		BenchmarkServer postgres = BenchmarkServer.start("dry-run");
		this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(), load, postgres.version(), Runtime.version());
		return postgres;
	}

	private static AccountId account(Session session, int number) {
		return new AccountId(Long.parseLong(session
			.texts("select account_id from account where external_id = '" + BenchmarkAccounts.name(number) + "'")
			.get(0)));
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	/** Both, measured one right after the other. */
	private record Pair(double measured, double floor) {
	}

}
