package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.store.Rows;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

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

	/** Of a row n, as {@link #of} reads it. */
	public static final String COLUMNS = """
			n.position, n.integration_id, n.origin_id, n.problem_total, n.started_at, n.finished_at, n.recorded_at,
			n.message_count, n.origin_kind, n.outcome, n.operation, n.operation_name, n.integration_name, n.origin_name,
			n.run_id, n.summary, n.counts""";

	private static final int EMPTY_OBJECT = 2;

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<LinkedHashMap<String, Long>> COUNTS = new TypeReference<>() {
	};

	public static JobNotification of(Readable row) {
		return new JobNotification(Rows.number(row, "position"), Rows.number(row, "integration_id"),
				Rows.number(row, "origin_id"), Rows.number(row, "problem_total"), Rows.instant(row, "started_at"),
				Rows.instant(row, "finished_at"), Rows.instant(row, "recorded_at"),
				Rows.get(row, "message_count", Integer.class), OriginKind.valueOf(Rows.text(row, "origin_kind")),
				JobOutcome.valueOf(Rows.text(row, "outcome")), Rows.text(row, "operation"),
				Rows.text(row, "operation_name"), Rows.text(row, "integration_name"), Rows.text(row, "origin_name"),
				Rows.text(row, "run_id"), Rows.text(row, "summary"), counts(row));
	}

	/** Roughly what this entry weighs in memory, in bytes. */
	public int weight() {
		int text = this.operation.length() + this.operationName.length() + this.integrationName.length()
				+ this.originName.length() + this.runId.length() + this.summary.length();
		return 400 + text * 2 + this.counts.size() * 100;
	}

	private static Map<String, Long> counts(Readable row) {
		byte[] json = Rows.get(row, "counts", Json.class).asArray();
		return (json.length == EMPTY_OBJECT) ? Map.of() : JSON.readValue(json, COUNTS);
	}

}
