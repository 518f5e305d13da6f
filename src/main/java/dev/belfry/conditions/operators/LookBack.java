package dev.belfry.conditions.operators;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** How long ago, for example three days. */
public record LookBack(int amount, Unit unit) {

	/** Ten years in minutes and more. */
	public static final int MAX_AMOUNT = 10_000_000;

	/** Its units; days and weeks are those of a calendar. */
	public enum Unit {

		MINUTES(ChronoUnit.MINUTES), HOURS(ChronoUnit.HOURS), DAYS(ChronoUnit.DAYS), WEEKS(ChronoUnit.WEEKS);

		private final ChronoUnit unit;

		Unit(ChronoUnit unit) {
			this.unit = unit;
		}

	}

	/** The time so long before another. */
	Instant before(Instant time, ZoneId zone) {
		try {
			return time.atZone(zone).minus(this.amount, this.unit.unit).toInstant();
		}
		catch (DateTimeException beforeAllTime) {
			return Instant.MIN;
		}
	}

}
