package dev.belfry.events;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.log.Expiry;
import dev.belfry.log.LogExpiry;

/** The log of events loses its old end. */
@Configuration(proxyBeanMethods = false)
class EventExpiry {

	@Bean
	Expiry platformEvents() {
		return LogExpiry.entries("events", "event", "platform_event", "remove_expired_events");
	}

	@Bean
	Expiry eventIds() {
		return LogExpiry.keys("event ids", "event_key", "event_id");
	}

}
