package dev.belfry.conditions.operators;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.Rfc3339;

/**
 * An instant, or a date: the whole day in the account's zone.
 */
public record TimeSpan(@Nullable LocalDate date, Instant instant) {

	private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

	/** What a text says, or null if it is neither. */
	public static @Nullable TimeSpan parse(String text) {
		if (!DATE.matcher(text).matches()) {
			Instant time = Rfc3339.parse(text);
			return (time != null) ? new TimeSpan(null, time) : null;
		}
		try {
			return new TimeSpan(LocalDate.parse(text), Instant.EPOCH);
		}
		catch (DateTimeException noSuchDay) {
			return null;
		}
	}

	boolean isAfter(Instant time, ZoneId zone) {
		Instant first = (this.date != null) ? this.date.atStartOfDay(zone).toInstant() : this.instant;
		return time.isBefore(first);
	}

	boolean isBefore(Instant time, ZoneId zone) {
		return (this.date != null) ? !time.isBefore(this.date.plusDays(1).atStartOfDay(zone).toInstant())
				: time.isAfter(this.instant);
	}

	boolean includes(Instant time, ZoneId zone) {
		return !isAfter(time, zone) && !isBefore(time, zone);
	}

	/** Whether it is clear, whatever the zone, that this ends before the other begins. */
	public boolean endsBefore(TimeSpan other) {
		if (this.date != null && other.date != null) {
			return this.date.isBefore(other.date);
		}
		return this.date == null && other.date == null && this.instant.isBefore(other.instant);
	}

}
