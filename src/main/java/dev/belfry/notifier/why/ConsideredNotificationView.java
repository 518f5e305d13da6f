package dev.belfry.notifier.why;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.history.DeliveryView;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.notifier.why.WhyNotified.Considered;
import dev.belfry.notifier.why.WhyNotified.EmailOutcome;

/** A global notification that was considered for an entry, as the schema shows it. */
record ConsideredNotificationView(Considered considered, List<ConsideredEmailView> emails) {

	public String type() {
		return this.considered.rule().type();
	}

	public String title() {
		return this.considered.rule().notification().title();
	}

	public NotificationVerdict verdict() {
		return ConsideredEmailView.reachNobody(this.emails) ? NotificationVerdict.NOBODY_TO_TELL
				: this.considered.verdict();
	}

	public String reason() {
		return ConsideredEmailView.reason(this.considered.reason(), this.emails);
	}

	/**
	 * An address that was to hear of it.
	 *
	 * @param delivery null while it waits, and once retention has removed it
	 */
	record ConsideredEmailView(EmailOutcome outcome, @Nullable DeliveryView delivery) {

		/** Whether there are some, and all go to addresses that get none. */
		static boolean reachNobody(List<ConsideredEmailView> emails) {
			return !emails.isEmpty() && emails.stream()
				.allMatch((email) -> email.delivery != null && email.delivery.state() == DeliveryState.SUPPRESSED);
		}

		static String reason(String reason, List<ConsideredEmailView> emails) {
			return reachNobody(emails) ? reason + " All its addresses are suppressed." : reason;
		}

		public String address() {
			return (this.delivery != null) ? this.delivery.address() : this.outcome.address();
		}

		public @Nullable Instant waitsUntil() {
			return this.outcome.waitsUntil();
		}

	}

}
