package dev.belfry.delivery.mail;

import java.time.Instant;

import dev.belfry.catalog.Topic;
import dev.belfry.delivery.MailContent;

/** An e-mail to one address as it is handed to the relay. */
public record Outgoing(String messageId, Instant createdAt, String address, String accountName, Topic topic,
		String topicTitle, MailContent content, String unsubscribeToken) {
}
