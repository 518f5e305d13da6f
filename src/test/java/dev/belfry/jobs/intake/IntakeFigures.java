package dev.belfry.jobs.intake;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Session;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.ThreadTimes;
import dev.belfry.benchmark.performance.Figures;
import dev.belfry.benchmark.performance.Figures.Aim;
import dev.belfry.jobs.intake.IntakeBatches.Load;

/**
 * Completions a second through GraphQL beside {@code pgbench}, from the first one on.
 */
public final class IntakeFigures {

	private static final int ACCOUNTS = 1000;

	private static final int CLIENTS = 16;

	private static final Load FIRST = new Load(4_000, 1, ACCOUNTS, CLIENTS);

	/** Takes more than a minute. */
	private static final Load WARM_UP = new Load(32_000, 1, ACCOUNTS, CLIENTS);

	private static final Load SINGLE = new Load(6_400, 1, ACCOUNTS, CLIENTS);

	private static final Load WARM_UP_BATCHES = new Load(1_600, 100, ACCOUNTS, CLIENTS);

	private static final Load BATCHES = new Load(800, 100, ACCOUNTS, CLIENTS);

	private final Figures figures;

	private final IntakeBatches batches;

	private final BelfryJar belfry;

	private final Pgbench pgbench;

	private IntakeFigures(Figures figures, IntakeBatches batches, BelfryJar belfry, Pgbench pgbench) {
		this.figures = figures;
		this.batches = batches;
		this.belfry = belfry;
		this.pgbench = pgbench;
	}

	public static void measure(Figures figures) throws Exception {
		try (BenchmarkServer server = BenchmarkServer.start("intake")) {
			server.createDatabase("intake");
			try (BelfryJar belfry = BelfryJar.start(server.port(), "intake");
					Session session = Session.on(server.database("intake"))) {
				IntakeBatches batches = new IntakeBatches();
				new IntakeFigures(figures, batches, belfry, new Pgbench(server, session, batches, ACCOUNTS)).measure();
			}
		}
	}

	private void measure() throws IOException, InterruptedException, SQLException {
		List<Round> first = List.of(round(FIRST));
		this.batches.send(this.belfry, WARM_UP);
		List<Round> single = rounds(SINGLE);
		row("the first 4,000 single completions by 16 clients, a second", first, single, Aim.atLeast(0.4));
		row("single completions by 16 clients after a minute, a second", single, single, Aim.atLeast(0.6));
		this.figures.row("the jar's processor for each of these, ms", Spread.of(single, Round::millis),
				Aim.atMost(0.5));
		this.batches.send(this.belfry, WARM_UP_BATCHES);
		List<Round> hundreds = rounds(BATCHES);
		row("completions in batches of 100 by 16 clients, a second", hundreds, hundreds, Aim.atLeast(0.8));
	}

	private void row(String what, List<Round> rounds, List<Round> floors, Aim aim) {
		this.figures.row(what, Spread.of(rounds, Round::rate), "pgbench", Spread.of(floors, Round::floor).median(),
				aim);
	}

	/** Of one after the other. */
	private List<Round> rounds(Load load) throws IOException, InterruptedException, SQLException {
		List<Round> rounds = new ArrayList<>();
		for (int round = 0; round < Figures.ROUNDS; round++) {
			rounds.add(round(load).beside(this.pgbench.rate(load)));
		}
		return rounds;
	}

	private Round round(Load load) throws IOException, InterruptedException {
		ThreadTimes before = ThreadTimes.of(this.belfry.pid());
		double rate = this.batches.send(this.belfry, load);
		long micros = ThreadTimes.of(this.belfry.pid()).since(before).work();
		return new Round(rate, micros / 1000.0 / load.completions(), 0);
	}

	/**
	 * How it went.
	 *
	 * @param rate completions a second
	 * @param millis of the jar's processor for each, without its compiler and collector
	 * @param floor by {@code pgbench}, a second
	 */
	private record Round(double rate, double millis, double floor) {

		Round beside(double other) {
			return new Round(this.rate, this.millis, other);
		}

	}

}
