package dev.belfry.values;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Instants as RFC 3339 (section 5.6) writes them. Finer than a microsecond is cut off,
 * since the database keeps no more.
 */
public final class Rfc3339 {

	private static final int LONGEST = 40;

	private static final Pattern FORM = Pattern
		.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:\\.(\\d{1,9}))?(?:[Zz]|([+-]\\d\\d:\\d\\d))");

	private static final int NANO_DIGITS = 9;

	private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

	private static final DateTimeFormatter OUTPUT = new DateTimeFormatterBuilder()
		.appendPattern("uuuu-MM-dd'T'HH:mm:ss")
		.appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
		.appendLiteral('Z')
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Rfc3339() {
	}

	/** In UTC. */
	public static String format(Instant time) {
		return OUTPUT.format(time);
	}

	/**
	 * The instant, or null if this is none with seconds and an offset in the years 0 to
	 * 9999.
	 */
	public static @Nullable Instant parse(@Nullable String text) {
		if (text == null || text.length() > LONGEST) {
			return null;
		}
		Matcher form = FORM.matcher(text);
		if (!form.matches()) {
			return null;
		}
		try {
			Instant time = time(text, form).toInstant();
			boolean inRange = !time.isBefore(YEAR_0) && time.isBefore(YEAR_10000);
			return inRange ? time.truncatedTo(ChronoUnit.MICROS) : null;
		}
		catch (DateTimeException noSuchTime) {
			return null;
		}
	}

	/**
	 * Takes the parts from their places, which is quicker than a formatter: a call may
	 * have a thousand times.
	 */
	private static OffsetDateTime time(String text, Matcher form) {
		String fraction = form.group(1);
		String offset = form.group(2);
		int nanos = (fraction != null) ? Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length())) : 0;
		return OffsetDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
				number(text, 14, 16), number(text, 17, 19), nanos,
				(offset != null) ? ZoneOffset.of(offset) : ZoneOffset.UTC);
	}

	private static int number(String text, int from, int to) {
		return Integer.parseInt(text, from, to, 10);
	}

}
