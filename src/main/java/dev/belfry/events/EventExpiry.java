package dev.belfry.events;

import java.time.Instant;

import org.springframework.stereotype.Component;

import dev.belfry.log.Expiry;
import dev.belfry.log.LogExpiry;
import dev.belfry.log.LogExpiry.Tables;
import reactor.core.publisher.Mono;

/** The log of events loses its old end. */
@Component
class EventExpiry implements Expiry {

	private static final Tables EVENTS = Tables.of("event", "platform_event", "remove_expired_events", "event_key",
			"event_id");

	private final LogExpiry expiry;

	EventExpiry(LogExpiry expiry) {
		this.expiry = expiry;
	}

	@Override
	public String name() {
		return "events";
	}

	@Override
	public Mono<Long> remove(Instant now) {
		return this.expiry.remove(EVENTS, now, (account) -> Mono.empty());
	}

}
