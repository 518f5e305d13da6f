package dev.belfry.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.accounts.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * The outbox as the worker sees it, over all accounts: what is claimed is this node's
 * until its lease ends, and what came of it is recorded only by who has it then.
 */
@Component
class MailQueue {

	/** Long enough for nodes whose clocks differ by half of it. */
	static final Duration LEASE = Duration.ofMinutes(2);

	private static final int STEP = 1_000;

	private static final Query<Row> CLAIM = Query.of("select * from claim_deliveries($1, $2, $3, $4, $5, $6, $7, $8)",
			Row::of);

	private static final Query<Long> WAKE = Query.number("""
			with due as (
			  select d.account_id, d.delivery_id from delivery d
			  where not d.ready and d.state in ('PENDING', 'SENDING', 'RETRYING') and d.due_at <= $1
			  order by d.due_at limit $2 for update skip locked
			), woken as (
			  update delivery d set ready = true from due
			  where d.account_id = due.account_id and d.delivery_id = due.delivery_id returning 1
			) select count(*) from woken""");

	private static final Query<Long> RECORD = Query
		.number("""
				with ended as (
				  select a.delivery_id, record_attempt(a.account_id, a.delivery_id, a.attempt, a.started_at, a.ended_at, a.verdict,
				                                       a.stage, a.code, a.answer, a.state, a.due_at) as recorded
				  from unnest($1::bigint[], $2::bigint[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[],
				              $8::int[], $9::text[], $10::text[], $11::timestamptz[])
				    a (account_id, delivery_id, attempt, started_at, ended_at, verdict, stage, code, answer, state, due_at)
				) select delivery_id from ended where recorded = 1""");

	private static final String HELD = """
			 from unnest($2::bigint[], $3::bigint[], $4::int[]) h (account_id, delivery_id, attempt)
			  where d.account_id = h.account_id and d.delivery_id = h.delivery_id and d.attempts = h.attempt
			    and d.state = 'SENDING' returning 1
			) select count(*) from held""";

	private static final Query<Long> RENEW = Query
		.number("with held as (update delivery d set due_at = $1, ready = false" + HELD);

	private static final Query<Long> GIVE_BACK = Query.number("""
			with held as (update delivery d set ready = true, due_at = $1, attempts = d.attempts - 1,
			  state = case when d.attempts = 1 then 'PENDING' else 'RETRYING' end""" + HELD);

	/** So that two statements that take the same rows never wait for each other. */
	private static final Comparator<Ended> ALWAYS_THE_SAME_ORDER = Comparator
		.<Ended>comparingLong((one) -> one.mail().account().value())
		.thenComparingLong((one) -> one.mail().deliveryId());

	private final SystemDatabase system;

	MailQueue(SystemDatabase system) {
		this.system = system;
	}

	/**
	 * Claims e-mails that are due. One statement, in which the e-mails change hands; two
	 * nodes never take the same.
	 */
	Mono<Claim> claim(Instant now, int most, Turns turns, Allowances allowances) {
		List<String> domains = new ArrayList<>();
		List<Integer> allowed = new ArrayList<>();
		allowances.byDomain().forEach((domain, number) -> {
			domains.add(domain);
			allowed.add(number);
		});
		return this.system
			.all(CLAIM, time(now), time(now.plus(LEASE)), most, turns.domain(), turns.account(),
					domains.toArray(String[]::new), allowed.toArray(Integer[]::new), allowances.otherwise())
			.collectList()
			.map(Claim::of);
	}

	/** Makes ready what has become due, and answers how many that were. */
	Mono<Long> wake(Instant now) {
		return this.system.one(WAKE, time(now), STEP);
	}

	/**
	 * Notes what came of attempts, in one statement, and answers which e-mails were still
	 * theirs to complete.
	 */
	Mono<List<Long>> record(List<Ended> all) {
		List<Ended> sorted = all.stream().sorted(ALWAYS_THE_SAME_ORDER).toList();
		return this.system.all(RECORD, column(sorted, Long[]::new, (one) -> one.mail().account().value()),
				column(sorted, Long[]::new, (one) -> one.mail().deliveryId()),
				column(sorted, Integer[]::new, (one) -> one.mail().attempt()),
				column(sorted, OffsetDateTime[]::new, (one) -> time(one.attempt().startedAt())),
				column(sorted, OffsetDateTime[]::new, (one) -> time(one.attempt().endedAt())),
				column(sorted, String[]::new, (one) -> one.attempt().verdict().name()),
				column(sorted, String[]::new, (one) -> one.attempt().stage().name()),
				column(sorted, Integer[]::new, (one) -> one.attempt().code()),
				column(sorted, String[]::new, (one) -> one.attempt().answer()),
				column(sorted, String[]::new, (one) -> one.next().state().name()), column(sorted, OffsetDateTime[]::new,
						(one) -> (one.next().dueAt() != null) ? time(one.next().dueAt()) : null))
			.collectList();
	}

	/** Keeps e-mails in hand for another lease, and answers how many still are. */
	Mono<Long> renew(Instant now, Collection<Claimed> mails) {
		return held(RENEW, now.plus(LEASE), mails);
	}

	/** Gives e-mails back of which no attempt was begun. */
	Mono<Long> giveBack(Instant now, Collection<Claimed> mails) {
		return held(GIVE_BACK, now, mails);
	}

	private Mono<Long> held(Query<Long> query, Instant time, Collection<Claimed> mails) {
		return mails.isEmpty() ? Mono.just(0L)
				: this.system.one(query, time(time),
						mails.stream().map((mail) -> mail.account().value()).toArray(Long[]::new),
						mails.stream().map(Claimed::deliveryId).toArray(Long[]::new),
						mails.stream().map(Claimed::attempt).toArray(Integer[]::new));
	}

	private static <T> Object column(List<Ended> all, IntFunction<T[]> array, Function<Ended, @Nullable T> value) {
		return all.stream().map(value).toArray(array);
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/** What a claim took, and where its turns ended. */
	record Claim(List<Claimed> mails, Turns turns) {

		private static Claim of(List<Row> rows) {
			Turns turns = rows.get(rows.size() - 1).turns();
			return new Claim(rows.stream().map(Row::mail).filter(Objects::nonNull).toList(), turns);
		}

	}

	private record Row(@Nullable Claimed mail, Turns turns) {

		static Row of(Readable row) {
			boolean last = row.get("delivery_id", Long.class) == null;
			return new Row(last ? null : Claimed.of(row),
					new Turns(Rows.text(row, "turn_domain"), Rows.number(row, "turn_account")));
		}

	}

}
