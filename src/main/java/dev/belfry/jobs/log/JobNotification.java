package dev.belfry.jobs.log;

import java.time.Instant;

import io.r2dbc.spi.Readable;

import dev.belfry.store.Rows;

/**
 * An entry of the log: a completed job as it was recorded.
 *
 * @param problemTotal how many completions of the account up to and with this one did not
 * succeed
 */
public record JobNotification(long position, long integrationId, long originId, long problemTotal, Instant recordedAt,
		int messageCount, String operationName, String summary, Job job) {

	/** Of a row n, as {@link #of} reads it. */
	public static final String COLUMNS = """
			n.position, n.integration_id, n.origin_id, n.problem_total, n.recorded_at, n.message_count,
			n.operation_name, n.summary,\s""" + Job.COLUMNS;

	public static JobNotification of(Readable row) {
		return recorded(row, Rows.get(row, "message_count", Integer.class), Rows.text(row, "operation_name"),
				Rows.text(row, "summary"), Job.of(row));
	}

	/** Of a row that has what recording adds, and the rest as it was before. */
	public static JobNotification recorded(Readable row, int messageCount, String operationName, String summary,
			Job job) {
		return new JobNotification(Rows.number(row, "position"), Rows.number(row, "integration_id"),
				Rows.number(row, "origin_id"), Rows.number(row, "problem_total"), Rows.instant(row, "recorded_at"),
				messageCount, operationName, summary, job);
	}

	/** Roughly what this entry weighs in memory, in bytes. */
	public int weight() {
		return 150 + (this.operationName.length() + this.summary.length()) * 2 + this.job.weight();
	}

}
