package dev.belfry.jobs.filter;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.values.TimeRange;

/** The filter of history and stream as it was sent; what is null asks nothing. */
public record JobFilterInput(@Nullable List<String> operations, @Nullable List<String> integrationIds,
		@Nullable List<String> originIds, @Nullable List<OriginKind> originKinds, @Nullable List<JobOutcome> outcomes,
		@Nullable TimeRange recordedAt, @Nullable TimeRange finishedAt, @Nullable List<CountTest> counts,
		@Nullable String search) {
}
