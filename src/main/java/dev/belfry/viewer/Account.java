package dev.belfry.viewer;

/** A customer of the platform: the owner of a log. */
public record Account(AccountId accountId, String externalId, String name, String timeZone, String locale,
		int retentionDays) {

	/** Characters. */
	public static final int LONGEST_EXTERNAL_ID = 255;

}
