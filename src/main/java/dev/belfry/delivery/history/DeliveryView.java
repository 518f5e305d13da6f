package dev.belfry.delivery.history;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.sending.Attempt;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Cause;
import dev.belfry.ids.Ids;

/** A delivery as the schema shows it. */
public record DeliveryView(Delivery delivery, Together<Delivery> together, Ids ids) {

	public String id() {
		return this.ids.encode(Ids.Kind.DELIVERY, this.delivery.account(), this.delivery.deliveryId());
	}

	public String topic() {
		return this.delivery.topic().key();
	}

	public String topicTitle() {
		return this.delivery.topicTitle();
	}

	public @Nullable Integer alertVersion() {
		return this.delivery.alertVersion();
	}

	public String address() {
		return this.delivery.address();
	}

	public DeliveryState state() {
		return this.delivery.state();
	}

	public @Nullable String subject() {
		return this.delivery.subject();
	}

	public int entries() {
		return this.delivery.entries();
	}

	public Instant createdAt() {
		return this.delivery.createdAt();
	}

	public @Nullable Instant nextAttemptAt() {
		return this.delivery.nextAttemptAt();
	}

	public boolean waitsForDailyCap() {
		return this.delivery.capped();
	}

	public String messageId() {
		return this.delivery.messageId();
	}

	public @Nullable String answer() {
		return this.delivery.answer();
	}

	/**
	 * The id of the entry that caused it, of the first one in a digest; null if that is
	 * in no log.
	 */
	public @Nullable String causeId() {
		Cause cause = this.delivery.cause();
		return cause.isLogged() ? this.ids.encode(this.delivery.account(), cause) : null;
	}

	public List<Attempt> attempts() {
		return this.delivery.attempts();
	}

}
