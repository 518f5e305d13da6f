package dev.belfry.jobs.intake;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Only;
import dev.belfry.benchmark.Statements;
import dev.belfry.jobs.history.ScaleQuestions;

/**
 * What a question costs in a log of two million among ten million, beside one of twenty
 * thousand among a hundred thousand. Not a test: {@code ./mvnw test -Dgroups=benchmark
 * -Dtest=ScaleBenchmark} prints a table. The first run fills the databases, in
 * {@code -Dbelfry.benchmark.dir}; {@code -Dbelfry.benchmark.only=facets} asks only what
 * begins so.
 */
@Tag("benchmark")
class ScaleBenchmark {

	private static final int RUNS = 21;

	private static final String LINE = "%-46s %5d %9.0f %9.0f %6.2f %9.2f %9.2f %6.2f  %s%n";

	@Test
	void costsTheSameInALongLog() {
		try (BenchmarkServer server = BenchmarkServer.start("scale")) {
			new ScaleFill(server, "small", 100_000, 1000).run();
			new ScaleFill(server, "large", 10_000_000, 1000).run();
			measure(server);
		}
	}

	private static void measure(BenchmarkServer server) {
		Statements large = new Statements(server.port(), "large");
		Statements small = new Statements(server.port(), "small");
		List<ScaleQuestions.Question> inLarge = ScaleQuestions.over(large.client());
		List<ScaleQuestions.Question> inSmall = ScaleQuestions.over(small.client());
		System.out.printf("%nShared buffers (hit and read) and median of %d warm runs, planning included%n", RUNS);
		System.out.printf("%-46s %5s %9s %9s %6s %9s %9s %6s%n", "question", "rows", "large", "small", "ratio", "ms",
				"ms", "ratio");
		for (int i = 0; i < inLarge.size(); i++) {
			ScaleQuestions.Question question = inLarge.get(i);
			if (!Only.asks(question.name())) {
				continue;
			}
			print(question, large.costOf(question.ask(), RUNS), small.costOf(inSmall.get(i).ask(), RUNS));
		}
	}

	private static void print(ScaleQuestions.Question question, Statements.Cost large, Statements.Cost small) {
		double ratio = large.buffers() / small.buffers();
		String above = (ratio > question.aim()) ? "above " + question.aim() + ": " + large.nodes() + " beside "
				+ small.rows() + " rows by " + small.nodes() : "";
		System.out.printf(LINE, question.name(), large.rows(), large.buffers(), small.buffers(), ratio,
				large.milliseconds(), small.milliseconds(), large.milliseconds() / small.milliseconds(), above);
	}

}
