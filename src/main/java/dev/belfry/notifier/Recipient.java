package dev.belfry.notifier;

import dev.belfry.platform.EmailAddress;

/** An address that is to hear of a topic. */
record Recipient(String topic, String address) {

	/** The same for all spellings of the address. */
	Recipient inOneSpelling() {
		return new Recipient(this.topic, EmailAddress.key(this.address));
	}

}
