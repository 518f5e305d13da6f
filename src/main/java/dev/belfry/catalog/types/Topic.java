package dev.belfry.catalog.types;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What an e-mail is sent for, and what a recipient can unsubscribe from.
 *
 * @param key as the database and the API have it, for example
 * {@code GLOBAL:ORDER_ON_HOLD}
 */
public record Topic(String key) {

	/** Tests of alerts, each to the user who requests it. */
	public static final Topic ALERT_TEST = new Topic("ALERT_TEST");

	/** Warnings about the daily cap of an account. */
	public static final Topic DAILY_EMAIL_CAP = new Topic("DAILY_EMAIL_CAP");

	private static final String ALERT = "ALERT";

	/** The topic of a global notification. */
	public static Topic global(String type) {
		return new Topic("GLOBAL:" + type);
	}

	/** The topic of an alert. */
	public static Topic alert(long alertId) {
		return new Topic(ALERT + ":" + alertId);
	}

	/** The number of the alert; null if it is of none. */
	public @Nullable Long alertId() {
		return this.key.startsWith(ALERT + ":") ? Long.valueOf(this.key.substring(ALERT.length() + 1)) : null;
	}

	/** For one who does not know its title: "Source invoice imported". */
	public String inWords() {
		String name = this.key.substring(this.key.indexOf(':') + 1).replace('_', ' ');
		return (this.key.startsWith(ALERT) || name.length() < 2) ? "this alert"
				: name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
	}

}
