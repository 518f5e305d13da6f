package dev.belfry.log.retention;

import java.time.Instant;
import java.util.function.Function;

import io.r2dbc.spi.Readable;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * What is kept for a while, and how it is removed: account by account, in steps of a few
 * rows beside the traffic. A bean of this type is all that {@link Retention} asks for.
 *
 * @param name what it is, in the plural, for a person and for a metric
 * @param due of some accounts ({@code $2}) those with something to remove by now
 * ({@code $1}), and since when that is due
 * @param removal removes a step of an account's
 * @param removed what is to be done after a step that removed something
 */
public record Expiry(String name, Query<Due> due, Removal removal, Function<AccountId, Mono<Void>> removed) {

	/** For as long as the retention of the account says. */
	public static final String RETENTION = "make_interval(days => r.retention_days)";

	/**
	 * Rows that a statement removes.
	 * @param due as above
	 * @param delete removes a step of an account's ({@code $1}) by now ({@code $2}), at
	 * most so many rows ({@code $3})
	 */
	public static Expiry deleting(String name, String due, String delete) {
		return of(name, due, (database, account, now, most) -> database.update(account, delete, now, most));
	}

	/**
	 * Rows that a function removes.
	 * @param due as above
	 * @param remove as above, and answers how many
	 */
	public static Expiry calling(String name, String due, String remove) {
		Query<Long> call = Query.number(remove);
		return of(name, due, (database, account, now, most) -> database.one(account, call, now, most));
	}

	private static Expiry of(String name, String due, Removal removal) {
		return new Expiry(name, Query.of(due, Due::of), removal, (account) -> Mono.empty());
	}

	/**
	 * Rows of a table that an age makes due. There must be an index by the account and
	 * that time.
	 * @param key the columns of the primary key after the account, with commas
	 * @param time the column from which a row's age counts
	 * @param kept an SQL interval; {@code r} is the account's row, if there is one
	 * @param which an SQL condition on the row, {@code k}
	 */
	public static Expiry byAge(String name, String table, String key, String time, String kept, String which) {
		String old = """
				left join account_profile r on r.account_id = a.account_id cross join lateral (
				  select k.account_id, %2$s, k.%3$s as since from %1$s k
				  where k.account_id = a.account_id and k.%3$s < %%s - %4$s and %5$s
				  order by k.%3$s limit %%s
				) o""".formatted(table, key, time, kept, which.replace("%", "%%"));
		return deleting(name,
				"select a.account_id, (o.since + %s)::timestamptz as since from unnest($2::bigint[]) a (account_id) "
					.formatted(kept) + old.formatted("$1::timestamptz", "1"),
				"""
						delete from %s where (account_id, %s) in (
						  select o.account_id, %s from (select $1::bigint as account_id) a %s)""".formatted(table, key,
						"o." + key.replace(", ", ", o."), old.formatted("$2::timestamptz", "$3")));
	}

	/** The same, with something to be done after each step. */
	public Expiry then(Function<AccountId, Mono<Void>> removed) {
		return new Expiry(this.name, this.due, this.removal, removed);
	}

	/**
	 * An account with something to remove.
	 *
	 * @param since when the oldest of it became due, as far as that is known
	 */
	public record Due(AccountId account, Instant since) {

		static Due of(Readable row) {
			return new Due(new AccountId(Rows.number(row, "account_id")), Rows.instant(row, "since"));
		}

	}

	/** A step of an account's. */
	public interface Removal {

		/** Answers how many rows, at most so many; none is the end. */
		Mono<Long> remove(AccountDatabase database, AccountId account, Instant now, int most);

	}

}
