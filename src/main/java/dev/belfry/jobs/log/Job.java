package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.store.Rows;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A completed run of an operation: what the platform reports of it, and the log keeps as
 * it is. Components are called as columns are.
 */
public record Job(String runId, String operation, OriginKind originKind, String originName, String integrationName,
		JobOutcome outcome, Instant startedAt, Instant finishedAt, Map<String, Long> counts) {

	/** Of a row n, as {@link #of} reads it. */
	static final String COLUMNS = """
			n.run_id, n.operation, n.origin_kind, n.origin_name, n.integration_name, n.outcome, n.started_at,
			n.finished_at, n.counts""";

	private static final int EMPTY_OBJECT = 2;

	private static final JsonMapper JSON = new JsonMapper();

	private static final TypeReference<LinkedHashMap<String, Long>> COUNTS = new TypeReference<>() {
	};

	static Job of(Readable row) {
		return new Job(Rows.text(row, "run_id"), Rows.text(row, "operation"),
				OriginKind.valueOf(Rows.text(row, "origin_kind")), Rows.text(row, "origin_name"),
				Rows.text(row, "integration_name"), JobOutcome.valueOf(Rows.text(row, "outcome")),
				Rows.instant(row, "started_at"), Rows.instant(row, "finished_at"), counts(row));
	}

	/**
	 * What a repeated call must say again, for a hash: all but the names. The order
	 * stays, as hashes are stored; what is new comes last, and only where it is given.
	 */
	public List<Object> input(String originExternalId, String integrationExternalId) {
		List<Object> input = new ArrayList<>(List.of(this.operation, this.originKind, originExternalId,
				integrationExternalId, this.outcome, this.startedAt, this.finishedAt));
		new TreeMap<>(this.counts).forEach((name, count) -> input.addAll(List.of(name, count)));
		return input;
	}

	/** Roughly what it weighs in memory, in bytes. */
	int weight() {
		int text = this.runId.length() + this.operation.length() + this.originName.length()
				+ this.integrationName.length();
		return 250 + text * 2 + this.counts.size() * 100;
	}

	private static Map<String, Long> counts(Readable row) {
		byte[] json = Rows.get(row, "counts", Json.class).asArray();
		return (json.length == EMPTY_OBJECT) ? Map.of() : JSON.readValue(json, COUNTS);
	}

}
