package dev.belfry.jobs.filter;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.RandomCompletions;
import dev.belfry.values.TimeRange;

/** Filters by the seed, over what {@link RandomCompletions} makes. */
public final class RandomFilters {

	private final Random random;

	private final List<JobNotification> log;

	public RandomFilters(long seed, List<JobNotification> log) {
		this.random = new Random(seed);
		this.log = log;
	}

	public JobFilter next() {
		return new JobFilter(some(() -> pick(RandomCompletions.OPERATIONS)), some(() -> pick(this.log).integrationId()),
				some(() -> pick(this.log).originId()), some(() -> pick(List.of(OriginKind.values()))),
				some(() -> pick(List.of(JobOutcome.values()))),
				range(pick(this.log).recordedAt(), pick(this.log).recordedAt()),
				range(pick(this.log).job().finishedAt(), pick(this.log).job().finishedAt()), counts(), words(), false);
	}

	private <T> Set<T> some(Supplier<T> value) {
		return switch (this.random.nextInt(8)) {
			case 0 -> Set.of(value.get());
			case 1 -> java.util.stream.Stream.generate(value).limit(3).collect(java.util.stream.Collectors.toSet());
			default -> Set.of();
		};
	}

	private TimeRange range(Instant one, Instant other) {
		return switch (this.random.nextInt(8)) {
			case 0 -> new TimeRange(one, null);
			case 1 -> new TimeRange(null, one);
			case 2 -> new TimeRange(one.isBefore(other) ? one : other, one.isBefore(other) ? other : one);
			default -> TimeRange.ALWAYS;
		};
	}

	private List<CountTest> counts() {
		return (this.random.nextInt(4) != 0) ? List.of() : List.of(new CountTest(pick(RandomCompletions.COUNTS),
				pick(List.of(CountOperator.values())), this.random.nextInt(20)));
	}

	private Set<String> words() {
		return (this.random.nextInt(4) != 0) ? Set.of() : SearchWords.of(pick(
				List.of("ware", "WARME sku", "sku-12", "obri", "get ord", "在", "origin 1", "nothing like it", "5")));
	}

	private <T> T pick(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
