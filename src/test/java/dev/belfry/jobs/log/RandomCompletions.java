package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.integrations.OriginKind;

/** Completions by the seed, of few values, so that random filters match some. */
public final class RandomCompletions {

	public static final List<String> OPERATIONS = List.of("GET_ORDERS", "GET_INVENTORY_PRIMARY", "SYNC_LISTINGS",
			"CUSTOM_JOB");

	public static final List<String> COUNTS = List.of("imported", "failed", "odd \"name\" \\ 'x'");

	static final List<String> WORDS = List.of("warehouse", "Wärme", "SKU-1234", "timeout", "O'Brien", "在庫", "50%");

	private final Random random;

	private int runs;

	public RandomCompletions(long seed) {
		this.random = new Random(seed);
	}

	public List<JobCompletion> next(int number) {
		List<JobCompletion> completions = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			completions.add(next());
		}
		return completions;
	}

	public JobCompletion next() {
		int origin = this.random.nextInt(3);
		OriginKind kind = (origin == 0) ? OriginKind.CHANNEL : OriginKind.SOURCE;
		JobCompletion.OriginRef originRef = new JobCompletion.OriginRef(kind, "origin-" + origin, "Origin " + origin);
		int integration = this.random.nextInt(2);
		Instant startedAt = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(this.random.nextInt(100_000));
		return JobCompletion.of("run-" + this.runs++, pick(OPERATIONS),
				new JobCompletion.IntegrationRef("integration-" + integration, "Integration " + integration, originRef),
				JobOutcome.values()[this.random.nextInt(3)], startedAt, startedAt.plusSeconds(60), counts(),
				messages());
	}

	<T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private Map<String, Long> counts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (String name : COUNTS) {
			if (this.random.nextBoolean()) {
				counts.put(name, (long) this.random.nextInt(20));
			}
		}
		return counts;
	}

	private List<JobMessage> messages() {
		return this.random.nextBoolean() ? List.of()
				: List.of(new JobMessage(MessageSeverity.ERROR, pick(WORDS) + " " + pick(WORDS), null));
	}

}
