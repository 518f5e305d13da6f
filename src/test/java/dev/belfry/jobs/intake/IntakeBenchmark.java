package dev.belfry.jobs.intake;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkAccounts;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Session;
import dev.belfry.jobs.intake.IntakeBatches.Load;

/**
 * Completions a second through GraphQL, as a share of what {@code pgbench} gets out of
 * the same function on the same server. Not a test: after {@code ./mvnw -DskipTests
 * package}, {@code ./mvnw test -Dgroups=benchmark -Dtest=IntakeBenchmark} prints a table.
 */
@Tag("benchmark")
class IntakeBenchmark {

	private static final int ACCOUNTS = 1000;

	private static final int ROUNDS = 5;

	/**
	 * Few clients where transactions are long: the function gives up on an account's row
	 * after two seconds.
	 */
	private static final List<Load> LOADS = List.of(new Load(8_000, 1, ACCOUNTS, 16), new Load(640, 100, ACCOUNTS, 16),
			new Load(192, 500, ACCOUNTS, 8), new Load(8_000, 1, 1, 16), new Load(480, 100, 1, 8),
			new Load(96, 500, 1, 4));

	private final IntakeBatches batches;

	IntakeBenchmark() throws IOException {
		this.batches = new IntakeBatches();
	}

	@Test
	void takesInNearlyWhatTheDatabaseTakes() throws Exception {
		try (BenchmarkServer server = BenchmarkServer.start("intake")) {
			server.createDatabase("intake");
			try (BelfryJar belfry = BelfryJar.start(server.port(), "intake");
					Session session = Session.on(server.database("intake"))) {
				Pgbench pgbench = new Pgbench(server, session, this.batches, ACCOUNTS);
				warmUp(belfry);
				System.out.printf("%nCompletions a second, by the same number of clients; load of the machine %.1f%n",
						ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
				List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers")
					.forEach((name) -> System.out.println(name + " = " + session.texts("show " + name).get(0)));
				System.out.printf("%8s %6s %8s %12s %12s %8s  (of %d rounds)%n", "accounts", "batch", "clients",
						"GraphQL", "pgbench", "ratio", ROUNDS);
				for (Load load : LOADS) {
					List<Pair> pairs = new ArrayList<>();
					for (int round = 0; round < ROUNDS; round++) {
						pairs.add(new Pair(this.batches.send(belfry, load), pgbench.rate(load)));
					}
					print(load, pairs);
				}
			}
		}
	}

	/** Two nodes that tell each other at once, beside two that do not. */
	@Test
	void takesInNearlyAsMuchWithHints() throws Exception {
		try (BenchmarkServer server = BenchmarkServer.start("intake")) {
			List<BelfryJar> nodes = new ArrayList<>();
			try {
				for (String hints : List.of("true", "false")) {
					server.createDatabase("intake_" + hints);
					for (int node = 0; node < 2; node++) {
						nodes.add(BelfryJar.start(server.port(), "intake_" + hints, List.of(),
								List.of("belfry.live.hints=" + hints)));
					}
					try (Session session = Session.on(server.database("intake_" + hints))) {
						BenchmarkAccounts.create(session, ACCOUNTS);
					}
				}
				compare(nodes.get(0), nodes.get(2));
			}
			finally {
				nodes.forEach(BelfryJar::close);
			}
		}
	}

	private void compare(BelfryJar withHints, BelfryJar without) throws IOException, InterruptedException {
		warmUp(withHints);
		warmUp(without);
		System.out.printf("%nCompletions a second at one of two nodes; load of the machine %.1f%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
		System.out.printf("%8s %6s %8s %12s %12s %8s  (of %d rounds)%n", "accounts", "batch", "clients", "with hints",
				"without", "ratio", ROUNDS);
		for (Load load : LOADS.subList(0, 2)) {
			List<Pair> pairs = new ArrayList<>();
			for (int round = 0; round < ROUNDS; round++) {
				pairs.add(new Pair(this.batches.send(withHints, load), this.batches.send(without, load)));
			}
			print(load, pairs);
		}
	}

	/** The pair whose ratio is the median, and the least and greatest ratio beside it. */
	private static void print(Load load, List<Pair> pairs) {
		List<Pair> sorted = pairs.stream().sorted(Comparator.comparingDouble(Pair::ratio)).toList();
		Pair median = sorted.get(ROUNDS / 2);
		System.out.printf("%8d %6d %8d %,12.0f %,12.0f %8.2f %8.2f-%.2f%n", load.accounts(), load.size(),
				load.clients(), median.measured(), median.floor(), median.ratio(), sorted.get(0).ratio(),
				sorted.get(ROUNDS - 1).ratio());
	}

	/** Until the JVM has compiled what it will. */
	private void warmUp(BelfryJar belfry) throws IOException, InterruptedException {
		this.batches.send(belfry, new Load(16_000, 1, ACCOUNTS, 16));
		this.batches.send(belfry, new Load(1_200, 100, ACCOUNTS, 16));
		this.batches.send(belfry, new Load(400, 500, ACCOUNTS, 8));
	}

	/** Completions a second of both, measured one right after the other. */
	private record Pair(double measured, double floor) {

		double ratio() {
			return this.measured / this.floor;
		}

	}

}
