package dev.belfry.delivery.history;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.sending.Attempt;
import dev.belfry.ids.Cause;
import dev.belfry.viewer.AccountId;

/**
 * An e-mail to one address, as the history has it.
 *
 * @param alertVersion the version of the alert that caused it; null if none did
 * @param subject null once the address was erased
 * @param nextAttemptAt null unless an attempt is planned
 * @param capped whether it waits for a day on which the account may send it
 * @param attempts oldest first
 */
public record Delivery(AccountId account, long deliveryId, Topic topic, String topicTitle,
		@Nullable Integer alertVersion, String address, DeliveryState state, @Nullable String subject, int entries,
		Instant createdAt, @Nullable Instant nextAttemptAt, String messageId, @Nullable String answer, Cause cause,
		boolean capped, List<Attempt> attempts) {

	Delivery with(List<Attempt> attempts) {
		return new Delivery(this.account, this.deliveryId, this.topic, this.topicTitle, this.alertVersion, this.address,
				this.state, this.subject, this.entries, this.createdAt, this.nextAttemptAt, this.messageId, this.answer,
				this.cause, this.capped, attempts);
	}

}
