package dev.belfry.events;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.catalog.EventType;
import dev.belfry.catalog.EventTypes;

/** An event as the schema shows it. */
public record PlatformEventView(PlatformEvent event, String id) {

	static PlatformEventView of(Ids ids, AccountId account, PlatformEvent event) {
		return new PlatformEventView(event, ids.encode(Ids.Kind.PLATFORM_EVENT, account, event.position()));
	}

	public String eventId() {
		return this.event.eventId();
	}

	public EventType type() {
		return EventTypes.named(this.event.type());
	}

	public OffsetDateTime occurredAt() {
		return this.event.occurredAt().atOffset(ZoneOffset.UTC);
	}

	public OffsetDateTime recordedAt() {
		return this.event.recordedAt().atOffset(ZoneOffset.UTC);
	}

	public Map<String, @Nullable Object> payload() {
		return this.event.payload();
	}

}
