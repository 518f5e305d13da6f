package dev.belfry.accounts.upserts;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.Addresses;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;

/** Gathers what is wrong with one item of an upsert. */
final class UpsertChecks {

	static final int LONGEST = 255;

	private static final int LONGEST_RETENTION = 3650;

	private static final int HIGHEST_CAP = 1_000_000;

	private final InputErrors errors;

	UpsertChecks(InputErrors errors) {
		this.errors = errors;
	}

	String externalId(String id) {
		this.errors.at("externalId").add(TextProblem.ofId(id, LONGEST));
		return id;
	}

	String name(String name) {
		this.errors.at("name").add(TextProblem.of(name, LONGEST));
		return name;
	}

	@Nullable String email(@Nullable String text) {
		try {
			return (text != null) ? Addresses.one(text) : null;
		}
		catch (NoEmailAddress none) {
			refuse(UserErrorCode.INVALID, "This is not one e-mail address: " + none.why(), "email");
			return null;
		}
	}

	@Nullable String timeZone(@Nullable String text) {
		if (text != null && !LocaleAndZone.isTimeZone(text)) {
			refuse(UserErrorCode.INVALID, "This is not an IANA time zone, for example America/Chicago.", "timeZone");
		}
		return text;
	}

	@Nullable String locale(@Nullable String text) {
		String locale = (text != null) ? LocaleAndZone.locale(text) : null;
		if (text != null && locale == null) {
			refuse(UserErrorCode.INVALID, "This is not a BCP 47 language tag, for example en-US.", "locale");
		}
		return locale;
	}

	@Nullable Integer retentionDays(@Nullable Integer days) {
		if (days != null && (days < 1 || days > LONGEST_RETENTION)) {
			refuse(UserErrorCode.OUT_OF_RANGE, "This must be from 1 to " + LONGEST_RETENTION + " days.",
					"retentionDays");
		}
		return days;
	}

	@Nullable Integer dailyEmailCap(@Nullable Integer cap) {
		if (cap != null && (cap < 0 || cap > HIGHEST_CAP)) {
			refuse(UserErrorCode.OUT_OF_RANGE, "This must be from 0 to " + HIGHEST_CAP + " e-mails.", "dailyEmailCap");
		}
		return cap;
	}

	private void refuse(UserErrorCode code, String message, String field) {
		this.errors.at(field).add(code, message);
	}

}
