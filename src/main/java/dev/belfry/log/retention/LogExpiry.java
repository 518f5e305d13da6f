package dev.belfry.log.retention;

/** A log loses its old end, and forgets the keys of its entries a month later. */
public final class LogExpiry {

	/** How much longer than an entry its key is kept. */
	private static final String KEYS_KEPT = "make_interval(days => r.retention_days + 30)";

	private LogExpiry() {
	}

	/**
	 * The entries of a log.
	 * @param log what the columns of its ends begin with
	 * @param table where they are
	 * @param remove the function that removes a step of an account's
	 */
	public static Expiry entries(String name, String log, String table, String remove) {
		return Expiry.calling(name, """
				select r.account_id, e.recorded_at + %3$s as since
				from unnest($2::bigint[]) a (account_id)
				join account_profile r on r.account_id = a.account_id
				join account_log l on l.account_id = a.account_id and l.%1$s_position > l.%1$s_floor
				join %2$s e on e.account_id = l.account_id and e.position = l.%1$s_floor + 1
				where e.recorded_at < $1::timestamptz - %3$s""".formatted(log, table, Expiry.RETENTION),
				"""
						select %s(r.account_id, $2::timestamptz - %s, $3)::bigint from account_profile r where r.account_id = $1"""
					.formatted(remove, Expiry.RETENTION));
	}

	/**
	 * The keys of a log.
	 * @param table that knows an entry's key longer than the entry
	 * @param key its column
	 * @param which an SQL condition on the row, {@code k}
	 */
	public static Expiry keys(String name, String table, String key, String which) {
		return Expiry.byAge(name, table, key, "recorded_at", KEYS_KEPT, which);
	}

}
