package dev.belfry.events.log;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;

import dev.belfry.store.Rows;
import dev.belfry.values.JsonValues;

/** Reads events from rows. */
final class EventRows {

	static final String SELECT = """
			select e.position, e.event_id, e.type, e.occurred_at, e.recorded_at, e.rules_version, e.payload
			from platform_event e where e.account_id = $1""";

	private EventRows() {
	}

	static PlatformEvent event(Readable row) {
		return new PlatformEvent(Rows.number(row, "position"), Rows.text(row, "event_id"), Rows.text(row, "type"),
				Rows.instant(row, "occurred_at"), Rows.instant(row, "recorded_at"), Rows.number(row, "rules_version"),
				JsonValues.readObject(Rows.get(row, "payload", Json.class).asArray()));
	}

}
