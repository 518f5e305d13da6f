package dev.belfry.jobs.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;

/**
 * Which job notifications to show. One filter for history and stream: the same words and
 * labels are matched in memory by {@link #matches} and in the database by {@link #terms},
 * so the two cannot disagree. An empty set asks nothing.
 *
 * @param nothing set when a part of it can match nothing whatever is recorded
 */
public record JobFilter(Set<String> operations, Set<Long> integrationIds, Set<Long> originIds,
		Set<OriginKind> originKinds, Set<JobOutcome> outcomes, TimeRange recordedAt, TimeRange finishedAt,
		List<CountTest> counts, Set<String> words, boolean nothing) {

	public static final JobFilter ALL = new JobFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
			TimeRange.ALWAYS, TimeRange.ALWAYS, List.of(), Set.of(), false);

	/**
	 * Whether an entry matches.
	 * @param words the entry's words, sorted
	 */
	public boolean matches(JobNotification entry, String[] words) {
		Job job = entry.job();
		return !this.nothing
				&& hasLabels(job.operation(), entry.integrationId(), entry.originId(), job.originKind(), job.outcome())
				&& this.recordedAt.contains(entry.recordedAt()) && this.finishedAt.contains(job.finishedAt())
				&& this.counts.stream().allMatch((test) -> test.matches(job.counts()))
				&& this.words.stream().allMatch((word) -> beginsOne(word, words));
	}

	public boolean hasLabels(String operation, long integrationId, long originId, OriginKind kind, JobOutcome outcome) {
		return any(this.operations, operation) && any(this.integrationIds, integrationId)
				&& any(this.originIds, originId) && any(this.originKinds, kind) && any(this.outcomes, outcome);
	}

	/** What tallies by day cannot tell apart: everything but labels and whole days. */
	public boolean isCoveredByTallies() {
		return this.finishedAt.isOpen() && this.counts.isEmpty() && this.words.isEmpty()
				&& this.recordedAt.isOfWholeDays();
	}

	/** This filter without its labels: what all facets together are counted under. */
	public JobFilter withoutLabels() {
		return with(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
	}

	public JobFilter withoutOperations() {
		return with(Set.of(), this.integrationIds, this.originIds, this.originKinds, this.outcomes);
	}

	public JobFilter withoutIntegrations() {
		return with(this.operations, Set.of(), this.originIds, this.originKinds, this.outcomes);
	}

	public JobFilter withoutOrigins() {
		return with(this.operations, this.integrationIds, Set.of(), this.originKinds, this.outcomes);
	}

	public JobFilter withoutOutcomes() {
		return with(this.operations, this.integrationIds, this.originIds, this.originKinds, Set.of());
	}

	private JobFilter with(Set<String> operations, Set<Long> integrationIds, Set<Long> originIds,
			Set<OriginKind> originKinds, Set<JobOutcome> outcomes) {
		return new JobFilter(operations, integrationIds, originIds, originKinds, outcomes, this.recordedAt,
				this.finishedAt, this.counts, this.words, this.nothing);
	}

	/** Whether it asks for more than labels and a range of the log. */
	public boolean isSearch() {
		return !(this.finishedAt.isOpen() && this.counts.isEmpty() && this.words.isEmpty());
	}

	/** Whether it asks for labels and for nothing else but a range of the log. */
	boolean isOfLabels() {
		return !isSearch() && asksForLabels();
	}

	/** Whether it asks for nothing else than a range of the log. */
	public boolean isOfRange() {
		return !isSearch() && !asksForLabels() && !this.nothing;
	}

	private boolean asksForLabels() {
		return !(this.operations.isEmpty() && this.integrationIds.isEmpty() && this.originIds.isEmpty()
				&& this.originKinds.isEmpty() && this.outcomes.isEmpty());
	}

	/**
	 * As a text search query over an entry's terms; null if it asks nothing of them. What
	 * has a number is labelled with its account, so that the index keeps each account's
	 * apart.
	 */
	@Nullable String terms(AccountId account) {
		List<String> parts = new ArrayList<>();
		anyOf(parts, this.originKinds, (kind) -> "=k:" + kind);
		anyOf(parts, this.originIds, (id) -> "=g:" + account.value() + ":" + id);
		anyOf(parts, this.integrationIds, (id) -> "=i:" + account.value() + ":" + id);
		anyOf(parts, this.operations, (operation) -> "=o:" + operation);
		anyOf(parts, this.outcomes, (outcome) -> "=u:" + outcome);
		this.counts.forEach((test) -> parts.add(either(test.labels())));
		this.words.forEach((word) -> parts.add(quoted(word) + ":*"));
		return parts.isEmpty() ? null : String.join(" & ", parts);
	}

	/**
	 * As a JSON path predicate over an entry's counts; null if it asks nothing of them.
	 */
	@Nullable String countsPath() {
		return this.counts.isEmpty() ? null
				: this.counts.stream().map(CountTest::jsonPath).collect(Collectors.joining(" && "));
	}

	private static <T> boolean any(Set<T> wanted, T value) {
		return wanted.isEmpty() || wanted.contains(value);
	}

	private static boolean beginsOne(String word, String[] words) {
		int found = Arrays.binarySearch(words, word);
		int next = (found >= 0) ? found : -found - 1;
		return next < words.length && words[next].startsWith(word);
	}

	private static <T> void anyOf(List<String> parts, Collection<T> values, Function<T, String> label) {
		if (!values.isEmpty()) {
			parts.add(either(values.stream().map(label)));
		}
	}

	private static String either(Stream<String> labels) {
		return labels.map(JobFilter::quoted).collect(Collectors.joining(" | ", "(", ")"));
	}

	private static String quoted(String lexeme) {
		return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
	}

}
