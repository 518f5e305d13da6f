package dev.belfry.delivery.mail;

import dev.belfry.delivery.MailContent;
import java.time.Instant;

/** An e-mail to one address as it is handed to the relay. */
public record Outgoing(String messageId, Instant createdAt, String address, String accountName, String topic,
		String topicTitle, MailContent content, String unsubscribeToken) {
}
