package dev.belfry.delivery.composing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
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
import dev.belfry.testing.Events;

/**
 * E-mails a second beside a plain loop, and what a domain that never answers does to the
 * e-mails of others. Not a test: after {@code ./mvnw -DskipTests package},
 * {@code ./mvnw test -Dgroups=benchmark -Dtest=MailBenchmark} prints tables and puts them
 * into {@code docs/benchmarks.md}; {@code -Dtest=MailBenchmark#throughput} one of them.
 * With {@code -Dbelfry.benchmark.quick=true} it only shows that all of it works.
 */
@Tag("benchmark")
class MailBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int ROUNDS = QUICK ? 1 : 5;

	private static final int THREADS = 8;

	private static final int WARM_UP = QUICK ? 1_000 : 30_000;

	private static final int EMAILS = QUICK ? 1_000 : 8_000;

	/** The stock loop waits 40 ms for each e-mail, so it has fewer. */
	private static final int EMAILS_OF_STOCK = QUICK ? 200 : 1_000;

	private static final int BACKLOG = 10_000;

	private static final int ACCOUNTS = 1_000;

	private static final int EVENTS_A_SECOND = 40;

	private static final int SECONDS = QUICK ? 5 : 25;

	private final Report report = new Report();

	@Test
	void throughput() throws Exception {
		try (BenchmarkServer server = start();
				MailSink sink = MailSink.start();
				WaitingMail belfry = WaitingMail.start(server, sink, THREADS);
				MailLoop stock = MailLoop.start(sink, THREADS, false);
				MailLoop undelayed = MailLoop.start(sink, THREADS, true)) {
			belfry.drain(WARM_UP);
			undelayed.send(WARM_UP);
			stock.send(EMAILS_OF_STOCK);
			List<Rates> rounds = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				rounds.add(new Rates(belfry.drain(EMAILS), undelayed.send(EMAILS), stock.send(EMAILS_OF_STOCK)));
			}
			this.report.say("E-mails a second by %d threads, from Belfry's outbox (process %d) and by loops over one "
					+ "reused Spring Mail connection for each thread.", THREADS, belfry.pid());
			this.report.table(1, "sender", "e-mails", "a second", "of rounds", "Belfry's ratio to it", "of rounds");
			row("Belfry", EMAILS, Spread.of(rounds, Rates::belfry), Spread.of(rounds, (rates) -> 1));
			row("Spring Mail", EMAILS_OF_STOCK, Spread.of(rounds, Rates::stock),
					Spread.of(rounds, (rates) -> rates.belfry() / rates.stock()));
			row("Spring Mail with `TCP_NODELAY`", EMAILS, Spread.of(rounds, Rates::undelayed),
					Spread.of(rounds, (rates) -> rates.belfry() / rates.undelayed()));
			keep("mailThroughput");
		}
	}

	@Test
	void deadDomain() throws Exception {
		try (BenchmarkServer server = start();
				MailSink sink = MailSink.start();
				Session session = belfryDatabase(server);
				BelfryJar belfry = BelfryJar.start(server.port(), "mail", List.of(),
						sink.settings("belfry.mail.threads=" + THREADS, "belfry.notifier.window=1ms"))) {
			BenchmarkAccounts.create(session, ACCOUNTS);
			BenchmarkAccounts.switchOn(session, List.of("ORDER_ON_HOLD"));
			deliveryTimes(belfry, session);
			List<Times> without = new ArrayList<>();
			List<Times> with = new ArrayList<>();
			for (int round = 0; round < (ROUNDS + 1) / 2; round++) {
				without.add(deliveryTimes(belfry, session));
				WaitingMail.queue(session, BACKLOG, "'" + MailSink.SILENT_DOMAIN + "'");
				await().until(() -> session.any("select 1 from delivery where state = 'SENDING'"));
				with.add(deliveryTimes(belfry, session));
				forgetBacklog(session);
			}
			this.report.say("Milliseconds from an e-mail being queued to its being accepted, of %d e-mails a second to "
					+ "100 domains, each round %d s.", EVENTS_A_SECOND, SECONDS);
			this.report.table(1, "", "e-mails", "p50", "of rounds", "ratio", "p99", "of rounds", "ratio");
			row("nothing else", without, without);
			row("beside %,d to a domain that never answers".formatted(BACKLOG), with, without);
			keep("mailDeadDomain");
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
		BenchmarkServer postgres = BenchmarkServer.start("mail");
		this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s, Java %s.", LocalDate.now(),
				Runtime.getRuntime().availableProcessors(), load, postgres.version(), Runtime.version());
		return postgres;
	}

	private static Session belfryDatabase(BenchmarkServer server) {
		server.createDatabase("mail");
		return Session.on(server.database("mail"));
	}

	/**
	 * Lets things happen that accounts in turn are told of, and asks how long that took.
	 */
	private static Times deliveryTimes(BelfryJar belfry, Session session) throws Exception {
		int events = EVENTS_A_SECOND * SECONDS;
		session.run("delete from delivery where state = 'SENT'");
		try (Bodies bodies = Bodies.of("publishEvents", events)) {
			for (int i = 0; i < events; i++) {
				bodies.add(BenchmarkAccounts.name(1 + i % ACCOUNTS), "events",
						List.of(Events.one("event-" + UUID.randomUUID(), "ORDER_HELD")));
			}
			bodies.send(belfry, 16, EVENTS_A_SECOND);
		}
		await().until(() -> session.texts("select count(*) from delivery where state = 'SENT'")
			.equals(List.of(Integer.toString(events))));
		List<String> times = session.texts("""
				select unnest(percentile_cont(array[0.5, 0.99]) within group (order by
				  extract(epoch from a.ended_at - d.created_at) * 1000))
				from delivery d join delivery_attempt a using (account_id, delivery_id) where d.state = 'SENT'""");
		return new Times(Double.parseDouble(times.get(0)), Double.parseDouble(times.get(1)));
	}

	/** What is in hand is waited for, as long as the relay may take to answer. */
	private static void forgetBacklog(Session session) {
		String backlog = "delete from delivery where domain = '" + MailSink.SILENT_DOMAIN + "' and state <> 'SENDING'";
		session.run(backlog);
		await().until(() -> !session.any("select 1 from delivery where state = 'SENDING'"));
		session.run(backlog);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2));
	}

	private void row(String sender, int emails, Spread rate, Spread ratio) {
		this.report.row(sender, emails, rate.median(), rate.range(), ratio.median(), ratio.range());
	}

	private void row(String setting, List<Times> times, List<Times> without) {
		Spread p50 = Spread.of(times, Times::p50);
		Spread p99 = Spread.of(times, Times::p99);
		this.report.row(setting, EVENTS_A_SECOND * SECONDS, p50.median(), p50.range(),
				p50.median() / Spread.of(without, Times::p50).median(), p99.median(), p99.range(),
				p99.median() / Spread.of(without, Times::p99).median());
	}

	/** E-mails a second of all, measured one right after the other. */
	private record Rates(double belfry, double undelayed, double stock) {
	}

	/** In milliseconds. */
	private record Times(double p50, double p99) {
	}

}
