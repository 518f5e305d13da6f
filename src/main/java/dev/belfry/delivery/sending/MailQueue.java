package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.buckets.BucketShare;
import dev.belfry.buckets.Buckets;
import dev.belfry.database.connections.Outages;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The outbox as the worker sees it, over all accounts of this node's buckets: it looks
 * over them without a lock, and takes and gives in statements of one account each. What
 * is claimed is this node's until its lease ends, and what came of it is recorded only by
 * who has it then. All times are of the database's clock, and compared there.
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

	/** Accounts whose statements run at the same time. */
	private static final int AT_ONCE = 8;

	private static final Query<Turn> TURNS = Query.of(
			"select account_id, delivery_id, turn_domain, turn_account from delivery_turns($1, $2, $3, $4, $5, $6, $7)",
			Turn::of);

	private static final Query<ClaimedEmail> CLAIM = Query
		.of("select * from claim_deliveries($1, $2, make_interval(secs => $3::int))", ClaimedEmail::of);

	private static final Query<Ids> TO_WAKE = Query
		.of("select account_id, delivery_ids from deliveries_to_wake($1, $2)", Ids::of);

	private static final Query<Long> WAKE = Query.number(
			"select wake_deliveries($1, $2, make_interval(secs => $3::int), make_interval(secs => $4::int))::bigint");

	private static final Query<AccountId> CAPPED = Query.of(
			"select accounts_with_capped as account_id from accounts_with_capped($1, $2, $3, clock_timestamp())",
			(row) -> new AccountId(Rows.number(row, "account_id")));

	private static final Query<Long> RELEASE = Query.number("select release_capped($1, $2, $3, clock_timestamp())");

	private static final Query<Long> RECORD = Query
		.number("select record_attempts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

	/**
	 * A number alone may be given anew after a failover that lost some; the message id is
	 * no other e-mail's.
	 */
	private static final String HELD = """
			 from unnest($3::bigint[], $4::int[], $5::text[]) h (delivery_id, attempt, message_id)
			where d.account_id = $1 and d.delivery_id = h.delivery_id and d.attempts = h.attempt
			  and d.message_id = h.message_id and d.state = 'SENDING'""";

	private static final String RENEW = """
			update delivery d
			set due_at = clock_timestamp() + make_interval(secs => $2::int), ready = false, lapsed_attempt = null"""
			+ HELD;

	private static final String GIVE_BACK = """
			update delivery d
			set ready = true, due_at = clock_timestamp() + make_interval(secs => $2::int), lapsed_attempt = null,
			    attempts = d.attempts - 1, state = case when d.attempts = 1 then 'PENDING' else 'RETRYING' end"""
			+ HELD;

	private static final Comparator<FinishedAttempt> ALWAYS_THE_SAME_ORDER = Comparator
		.comparingLong((one) -> one.mail().deliveryId());

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Buckets buckets;

	private volatile @Nullable BucketShare share;

	MailQueue(SystemDatabase system, AccountDatabase database, Buckets buckets) {
		this.system = system;
		this.database = database;
		this.buckets = buckets;
	}

	/**
	 * This node sends e-mails from now on.
	 * @param gained is run whenever it may send those of more accounts
	 */
	void join(Runnable gained) {
		this.share = this.buckets.join("mail", gained);
	}

	private Boolean[] mine() {
		return Objects.requireNonNull(this.share).mine();
	}

	/**
	 * Claims e-mails that are due, as their turns come, with a statement for each
	 * account. Two nodes never take the same.
	 */
	Mono<Claim> claim(int most, ClaimCursor cursor, Allowances allowances) {
		List<String> domains = new ArrayList<>();
		List<Integer> allowed = new ArrayList<>();
		allowances.byDomain().forEach((domain, number) -> {
			domains.add(domain);
			allowed.add(number);
		});
		return this.system
			.all(TURNS, mine(), most, cursor.domain(), cursor.account(), Param.texts(domains),
					allowed.toArray(Integer[]::new), allowances.otherwise())
			.collectList()
			.flatMap(this::claim);
	}

	private Mono<Claim> claim(List<Turn> all) {
		List<Turn> turns = all.subList(0, all.size() - 1);
		ClaimCursor cursor = all.get(all.size() - 1).cursor();
		Map<AccountId, List<Long>> ids = turns.stream()
			.collect(Collectors.groupingBy(Turn::account, LinkedHashMap::new,
					Collectors.mapping(Turn::deliveryId, Collectors.toList())));
		return Flux.fromIterable(ids.entrySet())
			.flatMapSequential((ofOne) -> this.database.all(ofOne.getKey(), CLAIM, Param.numbers(ofOne.getValue()),
					seconds(LEASE)), AT_ONCE)
			.collectList()
			.map((mails) -> new Claim(mails, turns.size() - mails.size(), cursor));
	}

	/** Makes ready what has become due, and answers how many that were. */
	Mono<Long> wake() {
		return this.system.all(TO_WAKE, mine(), STEP)
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.flatMap((ids) -> this.database.one(ids.account(), WAKE, ids.all(), seconds(LEASE), seconds(NOTICE)),
					AT_ONCE)
			.reduce(0L, Long::sum);
	}

	/**
	 * Lets go what waited for a day on which its account may send it, and answers how
	 * many that were. An account whose row is locked does not delay others.
	 * @param cap of those that have none of their own
	 */
	Mono<Long> release(int cap) {
		return this.system.all(CAPPED, mine(), cap, MOST_RELEASED)
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap((account) -> this.database.one(account, RELEASE, cap, STEP)
				.onErrorResume(Outages::isUnavailable, (unavailable) -> Mono.just(0L)))
			.reduce(0L, Long::sum);
	}

	/**
	 * Notes what came of attempts, in one statement for each account, and answers which
	 * e-mails were still theirs to complete. Tries until the database takes it, since an
	 * e-mail of which nothing is known is sent again.
	 */
	Flux<ClaimedEmail> record(List<FinishedAttempt> all) {
		return byAccount(all, FinishedAttempt::mail).flatMap((ofOne) -> record(ofOne.getKey(), ofOne.getValue()),
				AT_ONCE);
	}

	private Flux<ClaimedEmail> record(AccountId account, List<FinishedAttempt> all) {
		List<FinishedAttempt> sorted = all.stream().sorted(ALWAYS_THE_SAME_ORDER).toList();
		Map<Long, ClaimedEmail> mails = all.stream()
			.map(FinishedAttempt::mail)
			.collect(Collectors.toMap(ClaimedEmail::deliveryId, Function.identity()));
		return this.database
			.all(account, RECORD, column(sorted, Long[]::new, (one) -> one.mail().deliveryId()),
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
			.collectList()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
				.maxBackoff(Duration.ofSeconds(5))
				.filter(Outages::isUnavailable))
			.flatMapIterable((ids) -> ids)
			.map((deliveryId) -> Objects.requireNonNull(mails.get(deliveryId)));
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
		return byAccount(mails, Function.identity()).flatMap((ofOne) -> this.database.update(ofOne.getKey(), statement,
				seconds(due), Param.numbers(ofOne.getValue(), ClaimedEmail::deliveryId),
				ofOne.getValue().stream().map(ClaimedEmail::attempt).toArray(Integer[]::new),
				Param.texts(ofOne.getValue(), ClaimedEmail::messageId)), AT_ONCE)
			.reduce(0L, Long::sum);
	}

	private static <T> Flux<Map.Entry<AccountId, List<T>>> byAccount(Collection<T> all,
			Function<? super T, ClaimedEmail> mail) {
		return Flux.fromIterable(all.stream()
			.collect(Collectors.groupingBy((one) -> mail.apply(one).account(), LinkedHashMap::new, Collectors.toList()))
			.entrySet());
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

	/**
	 * What a claim took.
	 *
	 * @param passed how many turns brought nothing: their e-mails must not go out any
	 * more
	 * @param cursor for the next claim
	 */
	record Claim(List<ClaimedEmail> mails, int passed, ClaimCursor cursor) {
	}

	/** The last one of a claim is of no e-mail. */
	private record Turn(AccountId account, long deliveryId, ClaimCursor cursor) {

		static Turn of(Readable row) {
			Long account = row.get("account_id", Long.class);
			Long delivery = row.get("delivery_id", Long.class);
			return new Turn(new AccountId((account != null) ? account : 0), (delivery != null) ? delivery : 0,
					new ClaimCursor(Rows.text(row, "turn_domain"), Rows.number(row, "turn_account")));
		}

	}

	/** Some e-mails of an account. */
	private record Ids(AccountId account, Long[] all) {

		static Ids of(Readable row) {
			return new Ids(new AccountId(Rows.number(row, "account_id")), Rows.get(row, "delivery_ids", Long[].class));
		}

	}

}
