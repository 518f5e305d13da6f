package dev.belfry.delivery.composing;

import java.time.Instant;

import dev.belfry.catalog.types.Topic;

/** An e-mail to one address as it is handed to the relay. */
public record StoredEmail(String messageId, Instant createdAt, String address, String accountName, Topic topic,
		String topicTitle, MailContent content, String unsubscribeToken) {
}
