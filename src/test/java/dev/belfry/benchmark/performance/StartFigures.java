package dev.belfry.benchmark.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.FileSystemUtils;

import dev.belfry.benchmark.BelfryJar;
import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Spread;
import dev.belfry.benchmark.performance.Figures.Aim;

/** Seconds from the start of a process until it is ready. */
final class StartFigures {

	private StartFigures() {
	}

	static void measure(Figures figures) throws Exception {
		Path directory = Files.createTempDirectory("belfry-start");
		try (BenchmarkServer server = BenchmarkServer.start("start")) {
			figures.row("first start, embedded database made, s",
					Spread.of(embedded(directory, 1), Double::doubleValue), Aim.atMost(5));
			figures.row("start on the embedded database, s",
					Spread.of(embedded(directory, Figures.ROUNDS), Double::doubleValue), Aim.atMost(3));
			server.createDatabase("start");
			BelfryJar.start(server.port(), "start").close();
			List<Double> starts = new ArrayList<>();
			for (int round = 0; round < Figures.ROUNDS; round++) {
				try (BelfryJar belfry = BelfryJar.start(server.port(), "start")) {
					starts.add(belfry.start().toMillis() / 1000.0);
				}
			}
			figures.row("start on a PostgreSQL that runs, s", Spread.of(starts, Double::doubleValue), Aim.atMost(1.5));
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static List<Double> embedded(Path directory, int rounds) throws IOException {
		List<Double> starts = new ArrayList<>();
		for (int round = 0; round < rounds; round++) {
			try (BelfryJar belfry = BelfryJar.startEmbedded(directory)) {
				starts.add(belfry.start().toMillis() / 1000.0);
			}
		}
		return starts;
	}

}
