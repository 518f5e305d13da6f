package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;

/** A completed run of an operation as the platform reports it. */
public record JobCompletion(String runId, String operation, IntegrationRef integration, JobOutcome outcome,
		Instant startedAt, Instant finishedAt, Map<String, Long> counts, List<JobMessage> messages) {

	/**
	 * The integration that a job ran for, by the platform's own ids and present names.
	 */
	public record IntegrationRef(String externalId, String name, OriginRef origin) {
	}

	/**
	 * The source or channel that an integration belongs to, by the platform's own id and
	 * present name.
	 */
	public record OriginRef(OriginKind kind, String externalId, String name) {
	}

}
