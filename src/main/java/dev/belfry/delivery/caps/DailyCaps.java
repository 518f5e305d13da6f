package dev.belfry.delivery.caps;

import java.util.Collection;
import java.util.Map;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many e-mails accounts may send on one day (UTC), and how much of that is used. */
@Component
public class DailyCaps {

	private static final Query<DailyCap> USE = Query.of(
			"""
					select coalesce(a.daily_email_cap, $2) as cap, coalesce(m.queued, 0) as used, w.waiting, next_mail_day(clock_timestamp()) as next_day
					from account_profile a
					left join mail_day m on m.account_id = a.account_id and m.day = (clock_timestamp() at time zone 'UTC')::date
					cross join lateral (
					  select count(*) as waiting from delivery d where d.account_id = $1 and d.capped and d.state = 'PENDING') w
					where a.account_id = $1""",
			DailyCaps::use);

	/** Accounts that have used 80% or more and are not warned yet. */
	private static final Query<AccountId> NEAR = Query.of("""
			select m.account_id from mail_day m join account_profile a on a.account_id = m.account_id
			where m.day = (clock_timestamp() at time zone 'UTC')::date and m.warned_at is null and m.queued > 0
			  and m.queued * 5::bigint >= coalesce(a.daily_email_cap, $1) * 4::bigint""",
			(row) -> new AccountId(Rows.number(row, "account_id")));

	private static final String WARN = """
			update mail_day set warned_at = clock_timestamp()
			where account_id = $1 and day = (clock_timestamp() at time zone 'UTC')::date and warned_at is null""";

	private static final String WARNED = """
			coalesce(a.daily_email_cap, $2) as cap, m.queued, m.warned_at
			from mail_day m join account_profile a on a.account_id = m.account_id
			where m.day = (clock_timestamp() at time zone 'UTC')::date and m.warned_at is not null and m.account_id =\s""";

	private static final Query<CapWarning> WARNING = Query.of("select " + WARNED + "$1", DailyCaps::warning);

	private static final Query<Map.Entry<AccountId, CapWarning>> WARNINGS = Query.of(
			"select m.account_id, " + WARNED + "any ($1)",
			(row) -> Map.entry(new AccountId(Rows.number(row, "account_id")), warning(row)));

	private final AccountDatabase database;

	private final SystemDatabase system;

	private final OutboxSettings settings;

	public DailyCaps(AccountDatabase database, SystemDatabase system, OutboxSettings settings) {
		this.database = database;
		this.system = system;
		this.settings = settings;
	}

	/** What is used of an account's cap now. */
	public Mono<DailyCap> of(AccountId account) {
		return Mono.defer(() -> this.database.one(account, USE, this.settings.dailyCap()));
	}

	/** Accounts that have used 80% of today's cap and are not warned yet. */
	public Flux<AccountId> toBeWarned() {
		return Flux.defer(() -> this.system.all(NEAR, this.settings.dailyCap()));
	}

	/**
	 * Notes, in the caller's transaction, that an account is warned. Nothing if it was
	 * already.
	 */
	public Mono<Long> warned(AccountId account) {
		return Mono.defer(() -> this.database.update(account, WARN)).filter((warned) -> warned > 0);
	}

	/** Today's warning of an account; nothing if there is none. */
	public Mono<CapWarning> warning(AccountId account) {
		return Mono.defer(() -> this.database.one(account, WARNING, this.settings.dailyCap()));
	}

	/** Those of these accounts that were warned today, with their warnings. */
	public Mono<Map<AccountId, CapWarning>> warnings(Collection<AccountId> accounts) {
		return Mono
			.defer(() -> this.system.all(WARNINGS, Param.numbers(accounts, AccountId::value), this.settings.dailyCap())
				.collectMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static DailyCap use(Readable row) {
		int waiting = Math.toIntExact(Rows.number(row, "waiting"));
		return new DailyCap(Rows.get(row, "cap", Integer.class), Rows.get(row, "used", Integer.class), waiting,
				(waiting > 0) ? Rows.instant(row, "next_day") : null);
	}

	private static CapWarning warning(Readable row) {
		int cap = Rows.get(row, "cap", Integer.class);
		return new CapWarning(cap, Rows.get(row, "queued", Integer.class) >= cap, Rows.instant(row, "warned_at"));
	}

}
