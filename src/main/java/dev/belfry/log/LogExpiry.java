package dev.belfry.log;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.accounts.SystemDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes entries from the old end of a log, and forgets their keys a month later. */
@Component
public class LogExpiry {

	private static final int STEP = 500;

	private static final int KEYS_KEPT_LONGER_DAYS = 30;

	private final SystemDatabase system;

	private final AccountDatabase database;

	LogExpiry(SystemDatabase system, AccountDatabase database) {
		this.system = system;
		this.database = database;
	}

	/**
	 * Removes what is due of all accounts and answers how many entries that were.
	 * @param removed is run for each account of which some were
	 */
	public Mono<Long> remove(Tables tables, Instant now, Function<AccountId, Mono<Void>> removed) {
		OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
		return this.system.all(tables.due(), time)
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap((due) -> remove(tables, due, time).delayUntil((number) -> removed.apply(due.account())))
			.reduce(0L, Long::sum)
			.delayUntil((number) -> Expiry
				.inSteps(this.system.one(tables.forgetKeys(), time, KEYS_KEPT_LONGER_DAYS, STEP)));
	}

	private Mono<Long> remove(Tables tables, Due due, OffsetDateTime now) {
		return Expiry.inSteps(this.database.one(due.account(), tables.remove(), now.minusDays(due.days()), STEP));
	}

	/**
	 * The statements of a log.
	 *
	 * @param due the accounts whose oldest entry is past its time
	 * @param remove removes a step of an account's
	 * @param forgetKeys removes a step of the keys, of all accounts
	 */
	public record Tables(Query<Due> due, Query<Long> remove, Query<Long> forgetKeys) {

		/**
		 * By the names in the database.
		 * @param log what the columns of its ends begin with
		 * @param remove the function that removes a step of an account's
		 * @param keys the table that knows an entry's key longer than the entry
		 * @param key its column
		 */
		public static Tables of(String log, String entries, String remove, String keys, String key) {
			return new Tables(Query.of("""
					select a.account_id, a.retention_days
					from account a
					join account_log l on l.account_id = a.account_id and l.%1$s_position > l.%1$s_floor
					join %2$s e on e.account_id = l.account_id and e.position = l.%1$s_floor + 1
					where e.recorded_at < $1::timestamptz - make_interval(days => a.retention_days)
					order by a.account_id""".formatted(log, entries), Due::of), Query
				.number("select %s($1, $2, $3)::bigint".formatted(remove)), Query.number("""
						with gone as (
						  delete from %1$s where (account_id, %2$s) in (
						    select k.account_id, k.%2$s from account a cross join lateral (
						      select k.account_id, k.%2$s from %1$s k
						      where k.account_id = a.account_id
						        and k.recorded_at < $1::timestamptz - make_interval(days => a.retention_days + $2::int)
						      order by k.recorded_at limit $3
						    ) k
						  ) returning 1
						) select count(*) from gone""".formatted(keys, key)));
		}

	}

	/** An account with something to remove. */
	public record Due(AccountId account, int days) {

		private static Due of(Readable row) {
			return new Due(new AccountId(Rows.number(row, "account_id")),
					Rows.get(row, "retention_days", Integer.class));
		}

	}

}
