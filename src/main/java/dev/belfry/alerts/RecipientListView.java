package dev.belfry.alerts;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** A recipient list as the schema shows it. */
record RecipientListView(String id, RecipientList list) {

	public String name() {
		return this.list.name();
	}

	public int version() {
		return this.list.version();
	}

	public List<String> addresses() {
		return this.list.addresses();
	}

	public OffsetDateTime createdAt() {
		return this.list.createdAt().atOffset(ZoneOffset.UTC);
	}

	public OffsetDateTime changedAt() {
		return this.list.changedAt().atOffset(ZoneOffset.UTC);
	}

	public String changedBy() {
		return this.list.author().name();
	}

}
