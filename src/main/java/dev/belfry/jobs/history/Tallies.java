package dev.belfry.jobs.history;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobOutcome;

/**
 * How many notifications there are by label, and the facets that follow from it: each is
 * counted under all filters but its own, as shops do.
 */
public record Tallies(List<Tally> all, boolean exact) {

	/** How many notifications have these labels. */
	record Tally(long integrationId, long originId, OriginKind originKind, String operation, JobOutcome outcome,
			long notifications) {
	}

	/** One choice of a facet. */
	public record Choice<T>(T value, long count) {
	}

	public long total(JobFilter filter) {
		return this.all.stream().filter((tally) -> matches(filter, tally)).mapToLong(Tally::notifications).sum();
	}

	public List<Choice<String>> operations(JobFilter filter) {
		return choices(filter.withoutOperations(), Tally::operation);
	}

	public List<Choice<Long>> integrations(JobFilter filter) {
		return choices(filter.withoutIntegrations(), Tally::integrationId);
	}

	public List<Choice<Long>> origins(JobFilter filter) {
		return choices(filter.withoutOrigins(), Tally::originId);
	}

	public List<Choice<JobOutcome>> outcomes(JobFilter filter) {
		return choices(filter.withoutOutcomes(), Tally::outcome);
	}

	private <T extends Comparable<T>> List<Choice<T>> choices(JobFilter filter, Function<Tally, T> label) {
		Map<T, Long> counts = this.all.stream()
			.filter((tally) -> matches(filter, tally))
			.collect(Collectors.groupingBy(label, LinkedHashMap::new, Collectors.summingLong(Tally::notifications)));
		return counts.entrySet()
			.stream()
			.filter((count) -> count.getValue() > 0)
			.map((count) -> new Choice<>(count.getKey(), count.getValue()))
			.sorted(Comparator.comparingLong((Choice<T> choice) -> -choice.count()).thenComparing(Choice::value))
			.toList();
	}

	private static boolean matches(JobFilter filter, Tally tally) {
		return !filter.nothing() && filter.hasLabels(tally.operation(), tally.integrationId(), tally.originId(),
				tally.originKind(), tally.outcome());
	}

}
