package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.Map;

import dev.belfry.jobs.integrations.OriginKind;

/**
 * An entry of the log: a completed job as it was recorded.
 *
 * @param problemTotal how many completions of the account up to and with this one did not
 * succeed
 */
public record JobNotification(long position, long integrationId, long originId, long problemTotal, Instant startedAt,
		Instant finishedAt, Instant recordedAt, int messageCount, OriginKind originKind, JobOutcome outcome,
		String operation, String operationName, String integrationName, String originName, String runId, String summary,
		Map<String, Long> counts) {

	/** Roughly what this entry weighs in memory, in bytes. */
	public int weight() {
		int text = this.operation.length() + this.operationName.length() + this.integrationName.length()
				+ this.originName.length() + this.runId.length() + this.summary.length();
		return 400 + text * 2 + this.counts.size() * 100;
	}

}
