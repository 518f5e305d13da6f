package dev.belfry.jobs.log;

import java.util.LinkedHashMap;
import java.util.Map;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.store.Rows;

/** Reads log entries from rows. */
public final class JobRows {

	public static final String COLUMNS = """
			n.position, n.integration_id, n.origin_id, n.problem_total, n.started_at, n.finished_at, n.recorded_at,
			n.message_count, n.origin_kind, n.outcome, n.operation, n.operation_name, n.integration_name, n.origin_name,
			n.run_id, n.summary, n.counts""";

	private static final int EMPTY_OBJECT = 2;

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<LinkedHashMap<String, Long>> COUNTS = new TypeReference<>() {
	};

	private JobRows() {
	}

	public static JobNotification entry(Readable row) {
		return new JobNotification(Rows.number(row, "position"), Rows.number(row, "integration_id"),
				Rows.number(row, "origin_id"), Rows.number(row, "problem_total"), Rows.instant(row, "started_at"),
				Rows.instant(row, "finished_at"), Rows.instant(row, "recorded_at"),
				Rows.get(row, "message_count", Integer.class), OriginKind.valueOf(Rows.text(row, "origin_kind")),
				JobOutcome.valueOf(Rows.text(row, "outcome")), Rows.text(row, "operation"),
				Rows.text(row, "operation_name"), Rows.text(row, "integration_name"), Rows.text(row, "origin_name"),
				Rows.text(row, "run_id"), Rows.text(row, "summary"), counts(row));
	}

	private static Map<String, Long> counts(Readable row) {
		byte[] json = Rows.get(row, "counts", Json.class).asArray();
		return (json.length == EMPTY_OBJECT) ? Map.of() : JSON.readValue(json, COUNTS);
	}

}
