package dev.belfry.graphql.admission;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Bodies;
import dev.belfry.benchmark.Only;
import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.Stream.Outcome;
import dev.belfry.benchmark.Stream.Request;
import dev.belfry.benchmark.Stream;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Completions;

/**
 * What others notice of an account beyond its quota, of one that asks for as much as it
 * may, and of three times the load that a node is rated for. Not a test: after
 * {@code ./mvnw -DskipTests package}, {@code ./mvnw test -Dgroups=benchmark
 * -Dtest=OverloadBenchmark} prints tables and puts them into {@code docs/benchmarks.md}.
 * {@code -Dbelfry.benchmark.quick=true} only shows that all of it works;
 * {@code -Dbelfry.benchmark.only=load} measures three times the load alone, and keeps
 * nothing.
 */
@Tag("benchmark")
class OverloadBenchmark {

	private static final boolean QUICK = Boolean.getBoolean("belfry.benchmark.quick");

	private static final int ROUNDS = QUICK ? 3 : 5;

	private static final int SECONDS = QUICK ? 5 : 10;

	/** The first of them is the one that asks for too much. */
	private static final int OTHERS = 20;

	/** Those after the others send the rest of what a node cannot answer. */
	private static final int ACCOUNTS = OTHERS + 5;

	/** Until the compiler leaves the processors alone. */
	private static final int WARM_UP_SECONDS = QUICK ? 5 : 100;

	private static final int HISTORY = QUICK ? 5_000 : 20_000;

	private static final int OTHERS_A_SECOND = 40;

	private static final int CONNECTIONS = 40;

	/**
	 * So many connections for each request a second: enough for those whose refusals are
	 * held back, and each has its turn before it is closed as idle.
	 */
	private static final int CONNECTIONS_A_REQUEST = 2;

	/** As many as keep a small machine busy, and none of them refused. */
	private static final int CLIENTS = 8;

	private static final String PAGE = "{ jobNotifications(first: 25) { totalCount nodes { id summary outcome recordedAt } } }";

	private final Report report = new Report();

	private final Random random = new Random(7);

	@Test
	void measures() throws IOException, InterruptedException {
		try (BenchmarkServer server = BenchmarkServer.start("overload")) {
			server.createDatabase("overload");
			try (BelfryJar limited = BelfryJar.start(server.port(), "overload", List.of(),
					List.of("belfry.quotas.burst=10s"));
					BelfryJar free = BelfryJar.start(server.port(), "overload", List.of(),
							List.of("belfry.quotas.user.reads=0", "belfry.quotas.account.reads=0",
									"belfry.quotas.user.writes=0", "belfry.quotas.account.writes=0",
									"belfry.quotas.platform.writes=0"))) {
				fill(server, free);
				this.report.say("%s, %d processors, load of the machine %.1f, PostgreSQL %s. %d rounds of %d seconds.",
						LocalDate.now(), Runtime.getRuntime().availableProcessors(),
						ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), server.version(), ROUNDS,
						SECONDS);
				if (Only.asks("one account")) {
					besideOne(limited, free);
				}
				if (Only.asks("load")) {
					threeTimes(free);
				}
			}
		}
		if (Only.asksForAll()) {
			this.report.save("overload");
		}
	}

	private void fill(BenchmarkServer server, BelfryJar belfry) throws IOException, InterruptedException {
		try (Session session = Session.on(server.database("overload"))) {
			BenchmarkAccounts.create(session, ACCOUNTS);
			try (Bodies bodies = Bodies.of("recordJobCompletions", HISTORY / 500 + ACCOUNTS)) {
				for (int i = 0; i < HISTORY / 500; i++) {
					bodies.add(BenchmarkAccounts.name(1), "completions", Completions.likeTheSamples(500, this.random));
				}
				for (int i = 1; i <= ACCOUNTS; i++) {
					bodies.add(BenchmarkAccounts.name(i), "completions", Completions.likeTheSamples(500, this.random));
				}
				bodies.send(belfry, 4);
			}
			session.run("vacuum analyze");
		}
	}

	/** Others at a steady rate, in turns alone and beside one account. */
	private void besideOne(BelfryJar limited, BelfryJar free) throws IOException, InterruptedException {
		List<Beside> besides = List.of(
				new Beside("at ten times a user's quota of reads", limited, page(limited, 1), 1_000, 40),
				new Beside("with the dearest searches, 30 in an operation", limited, dearest(limited), 0, 60),
				new Beside("the same without quotas", free, dearest(free), 0, 60));
		this.report
			.say("Milliseconds to a page of 25 and to a recorded completion, of %d a second over %d accounts, from "
					+ "when each was due, alone and beside an account.", OTHERS_A_SECOND, OTHERS - 1);
		this.report.table(1, "beside an account", "its requests", "accepted", "`RATE_LIMITED`", "`OVERLOADED`",
				"others refused", "p50 alone", "p50 beside", "p99 alone", "p99 beside", "ratio of p99", "of rounds");
		for (Beside beside : besides) {
			Stream others = Stream.of(requests(beside.belfry(), 2, OTHERS), OTHERS_A_SECOND, CONNECTIONS);
			Stream its = Stream.of(List.of(beside.request()), beside.aSecond(), beside.connections());
			Stream.send(beside.belfry().port(), WARM_UP_SECONDS, others.at(0, 4), its);
			List<Round> rounds = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				Outcome alone = Stream.send(beside.belfry().port(), SECONDS, others).get(0);
				List<Outcome> both = Stream.send(beside.belfry().port(), SECONDS, others, its);
				rounds.add(new Round(alone, both.get(0), both.get(1)));
			}
			print(beside.name(), rounds);
		}
	}

	private void print(String name, List<Round> rounds) {
		Outcome last = rounds.get(rounds.size() - 1).its();
		long refused = rounds.stream().mapToLong((round) -> round.beside().sent() - round.beside().accepted()).sum();
		Spread ratio = Spread.of(rounds, (round) -> round.beside().p99() / round.alone().p99());
		rounds.forEach((round) -> complete(round.its()));
		this.report.row(name, last.sent(), last.accepted(), last.rateLimited(), last.overloaded(), refused,
				Spread.of(rounds, (round) -> round.alone().p50()).median(),
				Spread.of(rounds, (round) -> round.beside().p50()).median(),
				Spread.of(rounds, (round) -> round.alone().p99()).median(),
				Spread.of(rounds, (round) -> round.beside().p99()).median(), ratio.median(), ratio.range());
	}

	/**
	 * The rate that a node is asked for grows beyond what it can: because all accounts
	 * ask for more, and because some do while the others ask for as much as before.
	 */
	private void threeTimes(BelfryJar belfry) throws IOException, InterruptedException {
		Stream all = Stream.of(requests(belfry, 2, OTHERS), 0, CLIENTS);
		Stream some = Stream.of(requests(belfry, OTHERS + 1, ACCOUNTS), 0, CLIENTS);
		Stream.send(belfry.port(), WARM_UP_SECONDS, all);
		double capacity = Stream.send(belfry.port(), SECONDS, all).get(0).accepted() / (double) SECONDS;
		double rated = Math.floor(capacity / 2);
		this.report
			.say("A node that answers %.0f of these a second to %d clients is rated for half of that. Milliseconds "
					+ "to an accepted answer, from when it was due.", capacity, CLIENTS);
		this.report.table(1, "load", "a second", "sent", "accepted", "refused", "p50", "p99", "ratio of p99",
				"of rounds");
		List<List<Outcome>> rounds = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			List<Outcome> outcomes = new ArrayList<>();
			outcomes.addAll(Stream.send(belfry.port(), SECONDS, at(all, rated)));
			outcomes.addAll(Stream.send(belfry.port(), SECONDS, at(all, rated), at(some, 2 * rated)));
			outcomes.addAll(Stream.send(belfry.port(), SECONDS, at(all, 3 * rated)));
			rounds.add(outcomes);
		}
		String five = (ACCOUNTS - OTHERS) + " accounts";
		load("rated", rated, rounds, 0);
		load("the same, and twice as much of " + five, rated, rounds, 1);
		load("of these " + five, 2 * rated, rounds, 2);
		load("three times of all", 3 * rated, rounds, 3);
	}

	private static Stream at(Stream stream, double aSecond) {
		return stream.at(aSecond, (int) (CONNECTIONS_A_REQUEST * aSecond));
	}

	private void load(String name, double aSecond, List<List<Outcome>> rounds, int which) {
		Outcome last = rounds.get(rounds.size() - 1).get(which);
		Spread ratio = Spread.of(rounds, (round) -> round.get(which).p99() / round.get(0).p99());
		this.report.row(name, aSecond, last.sent(), last.accepted(), last.overloaded() + last.rateLimited(),
				Spread.of(rounds, (round) -> round.get(which).p50()).median(),
				Spread.of(rounds, (round) -> round.get(which).p99()).median(), ratio.median(), ratio.range());
		rounds.forEach((round) -> complete(round.get(which)));
	}

	/** Nothing is lost, and nothing fails in another way. */
	private static void complete(Outcome outcome) {
		if (outcome.others() > 0) {
			throw new IllegalStateException("Neither accepted nor refused: " + outcome);
		}
	}

	/** Two pages and a completion of each account. */
	private List<Request> requests(BelfryJar belfry, int from, int to) {
		List<Request> requests = new ArrayList<>();
		String platform = belfry.token();
		for (int time = 0; time < 20; time++) {
			for (int account = from; account <= to; account++) {
				requests.add(page(belfry, account));
				requests.add(page(belfry, account));
				requests.add(record(platform, account));
			}
		}
		return requests;
	}

	private static Request page(BelfryJar belfry, int account) {
		return new Request(belfry.token(BenchmarkAccounts.name(account), "ann"), PAGE, Map.of());
	}

	/** The first time that it is sent it is recorded, and then it is a duplicate. */
	private Request record(String token, int account) {
		return new Request(token, ClientSamples.document("recordJobCompletions"), Map.of("input", Map.of("account",
				BenchmarkAccounts.name(account), "completions", Completions.likeTheSamples(1, this.random))));
	}

	/** Words that never meet, in as many fields as there may be. */
	private static Request dearest(BelfryJar belfry) {
		String fields = IntStream.range(0, 30)
			.mapToObj((i) -> "f" + i + ": jobNotifications(first: 50, filter: {search: \"orders inventory shipment" + i
					+ "\"}) { totalCount nodes { id summary } }")
			.collect(Collectors.joining(" "));
		return new Request(belfry.token(BenchmarkAccounts.name(1), "greedy"), "{ " + fields + " }", Map.of());
	}

	private record Beside(String name, BelfryJar belfry, Request request, double aSecond, int connections) {
	}

	private record Round(Outcome alone, Outcome beside, Outcome its) {
	}

}
