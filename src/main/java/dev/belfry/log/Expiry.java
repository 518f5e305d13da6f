package dev.belfry.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

import io.r2dbc.spi.Readable;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import reactor.core.publisher.Mono;

/**
 * What is kept for a while, and how it is removed: account by account, in steps of a few
 * rows beside the traffic. A bean of this type is all that {@link Retention} asks for.
 *
 * @param name what it is, in the plural, for a person and for a metric
 * @param due of some accounts ({@code $2}) those with something to remove by now
 * ({@code $1}), and since when that is due
 * @param remove removes a step of an account's ({@code $1}) by now ({@code $2}), at most
 * so many rows ({@code $3}), and answers how many; none is the end
 * @param removed what is to be done after a step that removed something
 */
public record Expiry(String name, Query<Due> due, Query<Long> remove, Function<AccountId, Mono<Void>> removed) {

	/** For as long as the retention of the account says. */
	public static final String RETENTION = "make_interval(days => r.retention_days)";

	/** How one of these comes to know what is due. */
	public static Expiry of(String name, String due, String remove) {
		return new Expiry(name, Query.of(due, Due::of), Query.number(remove), (account) -> Mono.empty());
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
				left join account r on r.account_id = a.account_id cross join lateral (
				  select k.account_id, %2$s, k.%3$s as since from %1$s k
				  where k.account_id = a.account_id and k.%3$s < %%s - %4$s and %5$s
				  order by k.%3$s limit %%s
				) o""".formatted(table, key, time, kept, which.replace("%", "%%"));
		return of(name,
				"select a.account_id, (o.since + %s)::timestamptz as since from unnest($2::bigint[]) a (account_id) "
					.formatted(kept) + old.formatted("$1::timestamptz", "1"),
				"""
						with gone as (
						  delete from %s where (account_id, %s) in (
						    select o.account_id, %s from (select $1::bigint as account_id) a %s
						  ) returning 1
						) select count(*) from gone""".formatted(table, key, "o." + key.replace(", ", ", o."),
						old.formatted("$2::timestamptz", "$3")));
	}

	/** The same, with something to be done after each step. */
	public Expiry then(Function<AccountId, Mono<Void>> removed) {
		return new Expiry(this.name, this.due, this.remove, removed);
	}

	/**
	 * An account with something to remove.
	 *
	 * @param since when the oldest of it became due, as far as that is known
	 */
	public record Due(AccountId account, Instant since) {

		static Due of(Readable row) {
			return new Due(new AccountId(Rows.number(row, "account_id")),
					Rows.get(row, "since", OffsetDateTime.class).toInstant());
		}

	}

}
