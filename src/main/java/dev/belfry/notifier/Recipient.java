package dev.belfry.notifier;

import java.util.Map;

import dev.belfry.catalog.Topic;
import dev.belfry.platform.EmailAddress;

/** An address that is to hear of a topic. */
record Recipient(Topic topic, String address) {

	/** As statements take it. */
	Map<String, Object> row() {
		return Map.of("topic", this.topic.key(), "address", this.address);
	}

	/** The same for all spellings of the address. */
	Recipient inOneSpelling() {
		return new Recipient(this.topic, EmailAddress.key(this.address));
	}

}
