package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;

/**
 * An e-mail in this node's hands, for one attempt.
 *
 * @param attempt the number of this attempt, from 1: only who names it may complete it
 * @param failures how many attempts failed before
 * @param age since when it was first due
 * @param content as {@code MailJson} reads it
 */
record ClaimedEmail(AccountId account, String accountName, long deliveryId, int attempt, int failures, Duration age,
		Topic topic, String topicTitle, String address, String domain, String content, String messageId,
		Instant createdAt) {

	static ClaimedEmail of(Readable row) {
		return new ClaimedEmail(new AccountId(Rows.number(row, "account_id")), Rows.text(row, "account_name"),
				Rows.number(row, "delivery_id"), Rows.get(row, "attempts", Integer.class),
				Rows.get(row, "failures", Integer.class),
				Duration.ofMillis(Math.round(Rows.get(row, "age", Double.class) * 1e3)),
				new Topic(Rows.text(row, "topic")), Rows.text(row, "topic_title"), Rows.text(row, "address"),
				Rows.text(row, "domain"), Rows.get(row, "content", Json.class).asString(), Rows.text(row, "message_id"),
				Rows.instant(row, "created_at"));
	}

}
