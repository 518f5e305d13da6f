package dev.belfry.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.MessageSeverity;

/** One run of an operation in the demo. The same seed makes the same run. */
final class DemoRun {

	private static final List<String> BREAKDOWNS = List.of("The connection was reset while reading.",
			"The access token has expired. Connect the integration again.",
			"The other side answered 429: too many requests.", "The other side answered 502: bad gateway.",
			"Stopped: no progress for a minute.", "The file was empty.");

	private static final int MOST_PROBLEMS = 6;

	private final DemoIntegration integration;

	private final DemoOperation operation;

	private final RandomGenerator random;

	DemoRun(DemoIntegration integration, DemoOperation operation, long seed) {
		this.integration = integration;
		this.operation = operation;
		this.random = new SplittableRandom(seed);
	}

	/** Nine of ten go well; during an outage of the other side none does. */
	JobCompletion endedAt(String runId, Instant end, boolean outage) {
		double luck = this.random.nextDouble();
		JobOutcome outcome = (outage || luck < 0.025) ? JobOutcome.FAILED
				: (luck < 0.11) ? JobOutcome.COMPLETED_WITH_ERRORS : JobOutcome.SUCCEEDED;
		long items = items(end);
		long failed = (outcome == JobOutcome.COMPLETED_WITH_ERRORS) ? 1 + this.random.nextLong(MOST_PROBLEMS) : 0;
		Map<String, Long> counts = (outcome == JobOutcome.FAILED) ? Map.of()
				: this.operation.counts(items, failed, this.random);
		return JobCompletion.of(runId, this.operation.name(), this.integration.integration(), outcome,
				end.minus(Duration.ofSeconds(this.operation.seconds(this.random))), end, counts,
				messages(outcome, failed));
	}

	private long items(Instant end) {
		if (this.operation.isAboutProducts()) {
			return Math.round(this.integration.products() * (0.95 + this.random.nextDouble() / 10));
		}
		int hour = end.atOffset(ZoneOffset.UTC).getHour();
		double daylight = 0.25 + Math.sin(Math.PI * hour / 24);
		return 1 + Math.round(this.integration.orders() * daylight * this.random.nextDouble());
	}

	private List<JobMessage> messages(JobOutcome outcome, long failed) {
		return switch (outcome) {
			case SUCCEEDED -> List.of();
			case FAILED -> List.of(new JobMessage(MessageSeverity.ERROR,
					BREAKDOWNS.get(this.random.nextInt(BREAKDOWNS.size())), null));
			case COMPLETED_WITH_ERRORS -> Stream.generate(this::problem).limit(failed).toList();
		};
	}

	private JobMessage problem() {
		String reference = this.operation.isAboutProducts()
				? this.integration.skuPrefix() + "-" + this.random.nextInt(10_000, 100_000)
				: "#" + this.random.nextInt(20_000, 50_000);
		return new JobMessage(MessageSeverity.ERROR, this.operation.problem(this.random), reference);
	}

}
