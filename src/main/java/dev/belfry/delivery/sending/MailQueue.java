package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Outages;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * The outbox as the worker sees it, over all accounts: what is claimed is this node's
 * until its lease ends, and what came of it is recorded only by who has it then. All
 * times are of the database's clock, and compared there.
 */
@Component
class MailQueue {

	static final Duration LEASE = Duration.ofMinutes(2);

	/**
	 * For so long a lease that has run out can still be renewed: perhaps the clock has
	 * leapt, and the e-mail is on its way just now.
	 */
	static final Duration NOTICE = LEASE.dividedBy(2);

	private static final int STEP = 1_000;

	/** Accounts at a time: each may wait for its row, and all together not for long. */
	private static final int MOST_RELEASED = 50;

	private static final Query<Row> CLAIM = Query
		.of("""
				select c.*, extract(epoch from clock_timestamp() - c.tried_from)::float8 as age
				from claim_deliveries(clock_timestamp(), clock_timestamp() + make_interval(secs => $1::int), $2, $3, $4, $5, $6, $7) c""",
				Row::of);

	private static final Query<Long> WAKE = Query
		.number("select wake_deliveries(make_interval(secs => $1::int), make_interval(secs => $2::int), $3)::bigint");

	private static final Query<AccountId> CAPPED = Query.of(
			"select accounts_with_capped as account_id from accounts_with_capped($1, $2, clock_timestamp())",
			(row) -> new AccountId(Rows.number(row, "account_id")));

	private static final Query<Long> RELEASE = Query.number("select release_capped($1, $2, $3, clock_timestamp())");

	private static final Query<Long> RECORD = Query.number("""
			with ended as (
			  select a.delivery_id, record_attempt(
			    a.account_id, a.delivery_id, a.attempt, p.now - make_interval(secs => a.took), p.now, a.verdict,
			    a.stage, a.code, a.answer, a.state, p.now + make_interval(secs => a.pause)) as recorded
			  from (select clock_timestamp() as now) p
			  cross join unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::float8[], $6::text[], $7::text[],
			                    $8::int[], $9::text[], $10::text[], $11::float8[])
			    a (account_id, delivery_id, attempt, message_id, took, verdict, stage, code, answer, state, pause)
			  where a.message_id = (
			    select d.message_id from delivery d where d.account_id = a.account_id and d.delivery_id = a.delivery_id)
			) select delivery_id from ended where recorded = 1""");

	/**
	 * A number alone may be given anew after a failover that lost some; the message id is
	 * no other e-mail's.
	 */
	private static final String HELD = """
			 from unnest($2::bigint[], $3::bigint[], $4::int[], $5::text[]) h (account_id, delivery_id, attempt, message_id)
			where d.account_id = h.account_id and d.delivery_id = h.delivery_id and d.attempts = h.attempt
			  and d.message_id = h.message_id and d.state = 'SENDING'""";

	private static final String RENEW = """
			update delivery d
			set due_at = clock_timestamp() + make_interval(secs => $1::int), ready = false, lapsed_attempt = null"""
			+ HELD;

	private static final String GIVE_BACK = """
			update delivery d
			set ready = true, due_at = clock_timestamp() + make_interval(secs => $1::int), lapsed_attempt = null,
			    attempts = d.attempts - 1, state = case when d.attempts = 1 then 'PENDING' else 'RETRYING' end"""
			+ HELD;

	/** So that two statements that take the same rows never wait for each other. */
	private static final Comparator<FinishedAttempt> ALWAYS_THE_SAME_ORDER = Comparator
		.<FinishedAttempt>comparingLong((one) -> one.mail().account().value())
		.thenComparingLong((one) -> one.mail().deliveryId());

	private final SystemDatabase system;

	MailQueue(SystemDatabase system) {
		this.system = system;
	}

	/**
	 * Claims e-mails that are due. One statement, in which the e-mails change hands; two
	 * nodes never take the same.
	 */
	Mono<Claim> claim(int most, ClaimCursor cursor, Allowances allowances) {
		List<String> domains = new ArrayList<>();
		List<Integer> allowed = new ArrayList<>();
		allowances.byDomain().forEach((domain, number) -> {
			domains.add(domain);
			allowed.add(number);
		});
		return this.system
			.all(CLAIM, seconds(LEASE), most, cursor.domain(), cursor.account(), Param.texts(domains),
					allowed.toArray(Integer[]::new), allowances.otherwise())
			.collectList()
			.map(Claim::of);
	}

	/** Makes ready what has become due, and answers how many that were. */
	Mono<Long> wake() {
		return this.system.one(WAKE, seconds(LEASE), seconds(NOTICE), STEP);
	}

	/**
	 * Lets go what waited for a day on which its account may send it, and answers how
	 * many that were. An account whose row is locked does not delay others.
	 * @param cap of those that have none of their own
	 */
	Mono<Long> release(int cap) {
		return this.system.all(CAPPED, cap, MOST_RELEASED)
			.collectList()
			.flatMapIterable((accounts) -> accounts)
			.concatMap((account) -> this.system.one(RELEASE, account.value(), cap, STEP)
				.onErrorResume(Outages::isUnavailable, (unavailable) -> Mono.just(0L)))
			.reduce(0L, Long::sum);
	}

	/**
	 * Notes what came of attempts, in one statement, and answers which e-mails were still
	 * theirs to complete.
	 */
	Mono<List<Long>> record(List<FinishedAttempt> all) {
		List<FinishedAttempt> sorted = all.stream().sorted(ALWAYS_THE_SAME_ORDER).toList();
		return this.system
			.all(RECORD, column(sorted, Long[]::new, (one) -> one.mail().account().value()),
					column(sorted, Long[]::new, (one) -> one.mail().deliveryId()),
					column(sorted, Integer[]::new, (one) -> one.mail().attempt()),
					column(sorted, String[]::new, (one) -> one.mail().messageId()),
					column(sorted, Double[]::new, (one) -> exactSeconds(one.attempt().took())),
					column(sorted, String[]::new, (one) -> one.attempt().verdict().name()),
					column(sorted, String[]::new, (one) -> one.attempt().stage().name()),
					column(sorted, Integer[]::new, (one) -> one.attempt().code()),
					column(sorted, String[]::new, (one) -> one.attempt().answer()),
					column(sorted, String[]::new, (one) -> one.next().state().name()),
					column(sorted, Double[]::new,
							(one) -> (one.next().pause() != null) ? exactSeconds(one.next().pause()) : null))
			.collectList();
	}

	/** Keeps e-mails in hand for another lease, and answers how many still are. */
	Mono<Long> renew(Collection<ClaimedEmail> mails) {
		return update(RENEW, LEASE, mails);
	}

	/** Gives e-mails back of which no attempt was begun. */
	Mono<Long> giveBack(Collection<ClaimedEmail> mails) {
		return update(GIVE_BACK, Duration.ZERO, mails);
	}

	private Mono<Long> update(String statement, Duration due, Collection<ClaimedEmail> mails) {
		return mails.isEmpty() ? Mono.just(0L)
				: this.system.update(statement, seconds(due), Param.numbers(mails, (mail) -> mail.account().value()),
						Param.numbers(mails, ClaimedEmail::deliveryId),
						mails.stream().map(ClaimedEmail::attempt).toArray(Integer[]::new),
						Param.texts(mails, ClaimedEmail::messageId));
	}

	private static <T> Object column(List<FinishedAttempt> all, IntFunction<T[]> array,
			Function<FinishedAttempt, @Nullable T> value) {
		return all.stream().map(value).toArray(array);
	}

	private static int seconds(Duration duration) {
		return Math.toIntExact(duration.toSeconds());
	}

	private static double exactSeconds(Duration duration) {
		return duration.toMillis() / 1e3;
	}

	/** What a claim took, and the cursor for the next one. */
	record Claim(List<ClaimedEmail> mails, ClaimCursor cursor) {

		private static Claim of(List<Row> rows) {
			ClaimCursor cursor = rows.get(rows.size() - 1).cursor();
			return new Claim(rows.stream().map(Row::mail).filter(Objects::nonNull).toList(), cursor);
		}

	}

	private record Row(@Nullable ClaimedEmail mail, ClaimCursor cursor) {

		static Row of(Readable row) {
			boolean last = row.get("delivery_id", Long.class) == null;
			return new Row(last ? null : ClaimedEmail.of(row),
					new ClaimCursor(Rows.text(row, "turn_domain"), Rows.number(row, "turn_account")));
		}

	}

}
