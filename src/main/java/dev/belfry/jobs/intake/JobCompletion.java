package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;

/**
 * A completion as the platform reports it.
 *
 * @param originExternalId of the source or channel of the job's integration
 * @param integrationExternalId of the integration, within that
 */
public record JobCompletion(Job job, String originExternalId, String integrationExternalId, List<JobMessage> messages) {

	/** One with all that a completion must have, and nothing else. */
	public static JobCompletion of(String runId, String operation, IntegrationRef integration, JobOutcome outcome,
			Instant startedAt, Instant finishedAt, Map<String, Long> counts, List<JobMessage> messages) {
		OriginRef origin = integration.origin();
		Job job = new Job(runId, operation, origin.kind(), origin.name(), integration.name(), outcome, startedAt,
				finishedAt, counts);
		return new JobCompletion(job, origin.externalId(), integration.externalId(), messages);
	}

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
