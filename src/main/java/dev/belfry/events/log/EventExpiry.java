package dev.belfry.events.log;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.events.intake.NewEvent;
import dev.belfry.log.retention.Expiry;
import dev.belfry.log.retention.LogExpiry;

/** The log of events loses its old end. */
@Configuration(proxyBeanMethods = false)
class EventExpiry {

	/**
	 * An overdue job is reported once, however long it is overdue: the id of its event,
	 * which ends with the position of the last completion, stays until the next one.
	 */
	private static final String ENDED = """
			(k.event_id not like '%1$s%%' or k.event_id not like '%%:0' and not exists (
			  select from last_completion s where s.account_id = k.account_id and k.event_id like '%%:' || s.position))"""
		.formatted(NewEvent.OWN);

	@Bean
	Expiry platformEvents() {
		return LogExpiry.entries("events", "event", "platform_event", "remove_expired_events");
	}

	@Bean
	Expiry eventIds() {
		return LogExpiry.keys("event ids", "event_key", "event_id", ENDED);
	}

}
