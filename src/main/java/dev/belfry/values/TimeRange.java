package dev.belfry.values;

import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/** From an instant (inclusive) to another (exclusive); null leaves the end open. */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

	public static final TimeRange ALWAYS = new TimeRange(null, null);

	public boolean contains(Instant instant) {
		return (this.from == null || !instant.isBefore(this.from)) && (this.to == null || instant.isBefore(this.to));
	}

	public boolean isOpen() {
		return this.from == null && this.to == null;
	}

	/** Whether it begins and ends at midnight (UTC), so that counts by day tell of it. */
	public boolean isOfWholeDays() {
		return isMidnight(this.from) && isMidnight(this.to);
	}

	private static boolean isMidnight(@Nullable Instant instant) {
		return instant == null || instant.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay() == 0;
	}

}
