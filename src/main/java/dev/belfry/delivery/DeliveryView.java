package dev.belfry.delivery;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.Cause;
import dev.belfry.accounts.Ids;
import dev.belfry.delivery.mail.Outcome;
import dev.belfry.platform.Together;

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

	public OffsetDateTime createdAt() {
		return this.delivery.createdAt().atOffset(ZoneOffset.UTC);
	}

	public @Nullable OffsetDateTime nextAttemptAt() {
		return (this.delivery.nextAttemptAt() != null) ? this.delivery.nextAttemptAt().atOffset(ZoneOffset.UTC) : null;
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

	/** The id of the first entry of a log that it tells about; null if it is in none. */
	public @Nullable String causeId() {
		Cause cause = this.delivery.cause();
		return cause.isLogged() ? this.ids.encode(this.delivery.account(), cause) : null;
	}

	public List<DeliveryAttemptView> attempts() {
		return this.delivery.attempts().stream().map(DeliveryAttemptView::new).toList();
	}

	/** One attempt as the schema shows it. */
	public record DeliveryAttemptView(Attempt attempt) {

		public int number() {
			return this.attempt.number();
		}

		public OffsetDateTime startedAt() {
			return this.attempt.startedAt().atOffset(ZoneOffset.UTC);
		}

		public OffsetDateTime endedAt() {
			return this.attempt.endedAt().atOffset(ZoneOffset.UTC);
		}

		public Outcome.Verdict verdict() {
			return this.attempt.verdict();
		}

		public Outcome.Stage stage() {
			return this.attempt.stage();
		}

		public @Nullable Integer code() {
			return this.attempt.code();
		}

		public String answer() {
			return this.attempt.answer();
		}

	}

}
