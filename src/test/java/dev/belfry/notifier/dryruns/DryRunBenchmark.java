package dev.belfry.notifier.dryruns;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.alerts.editing.NewAlertInput;
import dev.belfry.alerts.recipients.RecipientInput;
import dev.belfry.alerts.trials.TriedAlertInput;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.notifier.entries.StoredEntries;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.testing.LocalNode;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * What a dry run costs beside reading the same events, what it takes from intake, and how
 * soon it stops. Not a test:
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=DryRunBenchmark} prints tables and puts
 * them into {@code docs/benchmarks.md}. With {@code -Dbelfry.benchmark.quick=true} it
 * only shows that all of it works.
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

	/** None is true of any order. */
	private static final Map<String, Object> HUNDRED_PATTERNS = Map.of("any",
			IntStream.range(0, 100)
				.mapToObj((i) -> TestOrders.test("order.customer.name", "MATCHES", "(a|e|i)+.*" + i + "$"))
				.toList());

	private static final Duration LIMIT = Duration.ofMillis(500);

	private static final String BUSY = """
			select 1 from pg_stat_activity
			where state <> 'idle' and query like '% e.type = $2 %' and pid <> pg_backend_pid()""";

	private static final AccountStyle STYLE = new AccountStyle("Shop", ZoneOffset.UTC, Locale.US);

	private final Report report = new Report();

	private final Random random = new Random(7);

	private final Instant begin = Instant.now().minus(Duration.ofDays(1));

	@Test
	void measures() throws IOException {
		try (BenchmarkServer server = start()) {
			server.createDatabase("dry_run");
			try (LocalNode node = start(server, "belfry.alerts.dry-run-limit=60s");
					Session session = Session.on(server.database("dry_run"))) {
				BenchmarkAccounts.create(session, 2);
				AccountId account = account(session, 1);
				AccountId other = account(session, 2);
				publish(node, account, EVENTS / A_CALL);
				session.run("vacuum analyze");
				beside(node, account);
				beside(node, account, other);
				try (LocalNode hasty = start(server, "belfry.alerts.dry-run-limit=" + LIMIT.toMillis() + "ms")) {
					stops(node, hasty, session, account);
				}
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

	/** When the caller has left, and when the time is over. */
	private void stops(LocalNode node, LocalNode hasty, Session session, AccountId account) {
		List<Double> left = new ArrayList<>();
		List<Double> over = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			left.add(afterTheCallerLeft(node, session, account));
			over.add(afterItsTime(hasty, account));
		}
		this.report.say("Milliseconds that a dry run goes on, with a condition of a hundred patterns.");
		this.report.table(1, "after", "milliseconds", "of rounds");
		Spread first = Spread.of(left, Double::doubleValue);
		Spread second = Spread.of(over, Double::doubleValue);
		this.report.row("the caller has left", first.median(), first.range());
		this.report.row("its time is over", second.median(), second.range());
	}

	/** Until its threads have nothing more to do, and the server does not read events. */
	private double afterTheCallerLeft(LocalNode node, Session session, AccountId account) {
		CountDownLatch begun = new CountDownLatch(1);
		Disposable run = dryRun(node, account, HUNDRED_PATTERNS).subscribe((soFar) -> begun.countDown());
		Awaitility.await().until(() -> begun.getCount() == 0);
		if (run.isDisposed()) {
			throw new IllegalStateException("It was done before the caller left.");
		}
		run.dispose();
		long start = System.nanoTime();
		long busy = start;
		long used = processorTime();
		while (System.nanoTime() - busy < 500_000_000) {
			long now = processorTime();
			if (now > used || session.any(BUSY)) {
				busy = System.nanoTime();
				used = now;
			}
		}
		return (busy - start) / 1e6;
	}

	private double afterItsTime(LocalNode node, AccountId account) {
		long start = System.nanoTime();
		AlertDryRun result = dryRun(node, account, HUNDRED_PATTERNS).blockLast();
		if (result.complete()) {
			throw new IllegalStateException("It was done before its time was over.");
		}
		return (System.nanoTime() - start) / 1e6 - LIMIT.toMillis();
	}

	/** Of the threads of dry runs, in nanoseconds. */
	private static long processorTime() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.dumpAllThreads(false, false, 0))
			.filter((thread) -> thread.getThreadName().startsWith("tenant-work"))
			.mapToLong((thread) -> threads.getThreadCpuTime(thread.getThreadId()))
			.sum();
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
		return dryRun(node, account, TEN_TESTS);
	}

	private Flux<AlertDryRun> dryRun(LocalNode node, AccountId account, Map<String, Object> condition) {
		NewAlertInput draft = new NewAlertInput(null, TestOrders.TYPE, false, condition, null, null,
				List.of(RecipientInput.email("ann@shop.example"), RecipientInput.persona("B2B_USER")), null);
		return Flux.defer(() -> node.bean(DryRuns.class)
			.run(account, STYLE, new DryRunInput(new TriedAlertInput(null, draft), this.begin, Instant.now(), 10)));
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

	private static LocalNode start(BenchmarkServer server, String limit) {
		return LocalNode.start("r2dbc:postgresql://127.0.0.1:" + server.port() + "/dry_run",
				"belfry.notifier.enabled=false", "belfry.mail.threads=0", limit);
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
