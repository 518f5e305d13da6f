package dev.belfry.catalog.types;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.Rfc3339;
import dev.belfry.viewer.AccountStyle;

/** Writes values as an account reads them: by its locale, and at the time of its zone. */
public final class Formats {

	/** For values that nobody reads. */
	public static final Formats PLAIN = new Formats(new AccountStyle("", ZoneOffset.UTC, Locale.ROOT));

	private static final int MOST_DECIMALS = 6;

	private final AccountStyle style;

	public Formats(AccountStyle style) {
		this.style = style;
	}

	public Locale locale() {
		return this.style.locale();
	}

	/**
	 * A value of a payload.
	 * @param currency what amounts are in; an ISO 4217 code, if known
	 */
	public String value(EventFieldType type, @Nullable Object value, @Nullable String currency) {
		if (value instanceof BigDecimal number) {
			return (type == EventFieldType.MONEY) ? money(number, currency) : number(number);
		}
		if (value instanceof Boolean bool) {
			return bool ? "Yes" : "No";
		}
		Instant time = (type == EventFieldType.DATE_TIME && value instanceof String text) ? Rfc3339.parse(text) : null;
		return (time != null) ? time(time) : (value != null) ? value.toString() : "";
	}

	public String number(BigDecimal number) {
		NumberFormat format = NumberFormat.getNumberInstance(this.style.locale());
		format.setMaximumFractionDigits(MOST_DECIMALS);
		return format.format(number);
	}

	public String number(long number) {
		return number(BigDecimal.valueOf(number));
	}

	/** Without a known currency: the number alone. */
	public String money(BigDecimal amount, @Nullable String currency) {
		Currency known = currency(currency);
		if (known == null) {
			return number(amount) + ((currency != null) ? " " + currency : "");
		}
		NumberFormat format = NumberFormat.getCurrencyInstance(this.style.locale());
		format.setCurrency(known);
		format.setMinimumFractionDigits(known.getDefaultFractionDigits());
		format
			.setMaximumFractionDigits(Math.max(known.getDefaultFractionDigits(), amount.stripTrailingZeros().scale()));
		return format.format(amount);
	}

	private static @Nullable Currency currency(@Nullable String code) {
		try {
			return (code != null) ? Currency.getInstance(code.toUpperCase(Locale.ROOT)) : null;
		}
		catch (IllegalArgumentException unknown) {
			return null;
		}
	}

	/** For example "Mar 1, 2026, 9:30 AM CET". */
	public String time(Instant time) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
			.withLocale(this.style.locale())
			.format(time.atZone(this.style.zone())) + " "
				+ DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time.atZone(this.style.zone()));
	}

}
