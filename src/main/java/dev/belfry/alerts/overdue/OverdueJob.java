package dev.belfry.alerts.overdue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.commerce.Operations;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.values.Rfc3339;
import dev.belfry.viewer.AccountId;

/**
 * A job that has been silent for longer than an alert allows.
 *
 * @param eventId the same for as long as it is silent
 * @param place the integration and the origin, as the event has them
 * @param lastCompletedAt null if it has not completed yet
 * @param silentSince when it completed last, or else when the alert began to watch
 * @param allowed how long it may be silent
 * @param unheard for how much of the time since then Belfry could not hear of it, which
 * is no silence
 * @param usual its median interval; null if that is not known
 */
record OverdueJob(AccountId account, String eventId, String operation, Map<String, Object> place,
		@Nullable Instant lastCompletedAt, Instant silentSince, Duration allowed, Duration unheard,
		@Nullable Duration usual) {

	/** The event about it. */
	NewEvent event(Instant now) {
		Instant expectedBy = this.silentSince.plus(this.allowed).plus(this.unheard);
		Map<String, Object> job = new LinkedHashMap<>(this.place);
		job.put("operation", this.operation);
		job.put("operationName", Operations.named(this.operation).name());
		Map<String, Object> overdue = new LinkedHashMap<>();
		if (this.lastCompletedAt != null) {
			overdue.put("lastCompletedAt", time(this.lastCompletedAt));
		}
		overdue.put("expectedBy", time(expectedBy));
		overdue.put("silentMinutes", minutes(Duration.between(this.silentSince, now).minus(this.unheard)));
		overdue.put("afterMinutes", minutes(this.allowed));
		if (this.usual != null) {
			overdue.put("usualMinutes", minutes(this.usual));
		}
		return NewEvent.of(this.eventId, EventTypes.JOB_OVERDUE.key(), expectedBy,
				Map.of("job", job, "overdue", overdue));
	}

	private static String time(Instant instant) {
		return Rfc3339.format(instant);
	}

	private static BigDecimal minutes(Duration duration) {
		return BigDecimal.valueOf(duration.toMinutes());
	}

}
