package dev.belfry.delivery.suppression;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;

/**
 * An address that gets no e-mails.
 *
 * @param address null when it was erased
 * @param topic the key of the only topic that it does not get, null for all
 * @param topicTitle the topic for people, null for all
 */
public record Suppression(long suppressionId, @Nullable String address, @Nullable String topic,
		@Nullable String topicTitle, SuppressionOrigin origin, Instant createdAt) {

	/** What a topic is called that is no global notification. */
	private static final String ALERT = "An alert";

	public Suppression {
		topicTitle = (topic == null || topicTitle != null) ? topicTitle : title(topic);
	}

	/** When no e-mail was kept that calls it something. */
	private static String title(String topic) {
		return GlobalNotifications.all()
			.stream()
			.filter((notification) -> notification.topic().key().equals(topic))
			.map(GlobalNotification::title)
			.findFirst()
			.orElse(ALERT);
	}

}
