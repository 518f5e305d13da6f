package dev.belfry.notifier;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.DeliveryView;
import dev.belfry.notifier.Reasons.Considered;
import dev.belfry.notifier.Reasons.Told;

/** A global notification that was considered for an entry, as the schema shows it. */
record ConsideredNotificationView(Considered considered, List<ConsideredEmailView> emails) {

	public String type() {
		return this.considered.rule().type();
	}

	public String title() {
		return this.considered.rule().notification().title();
	}

	public NotificationVerdict verdict() {
		return this.considered.verdict();
	}

	public String reason() {
		return this.considered.reason();
	}

	/**
	 * An address that was to hear of it.
	 *
	 * @param delivery null while it waits, and once retention has removed it
	 */
	record ConsideredEmailView(Told told, @Nullable DeliveryView delivery) {

		public String address() {
			return (this.delivery != null) ? this.delivery.address() : this.told.address();
		}

		public @Nullable OffsetDateTime waitsUntil() {
			return (this.told.waitsUntil() != null) ? this.told.waitsUntil().atOffset(ZoneOffset.UTC) : null;
		}

	}

}
