package dev.belfry.notifier.dryruns;

/**
 * What a dry run has counted for a day, as the schema shows it.
 *
 * @param day in the account's time zone, as in ISO 8601
 */
record DryRunDay(String day, long considered, long matched, long mails) {
}
