package dev.belfry.notifier.emails;

import java.util.Map;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.catalog.types.Topic;

/** An address that is to hear of a topic. */
public record NotifiedAddress(Topic topic, String address) {

	/** As statements take it. */
	public Map<String, Object> row() {
		return Map.of("topic", this.topic.key(), "address", this.address);
	}

	/** The same for all spellings of the address. */
	NotifiedAddress inOneSpelling() {
		return new NotifiedAddress(this.topic, EmailAddress.key(this.address));
	}

}
