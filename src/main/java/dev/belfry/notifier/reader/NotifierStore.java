package dev.belfry.notifier.reader;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.emails.NoiseWindow;
import dev.belfry.notifier.emails.NotifiedAddress;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.TurnWithRules;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.work.LargeStatements;
import reactor.core.publisher.Mono;

/**
 * Finds the accounts that have something to evaluate, and keeps what came of it. E-mails
 * and cursor move in one transaction, of which only one node's can be committed.
 */
@Component
class NotifierStore {

	private static final String DUE_OF = """
			select account_id, name, time_zone, locale, turn, tries, job_position, event_position, job_end, event_end,
			       rules_from, rules_to, window_due, now, (select i.epoch from installation_epoch i) as epoch
			from\s""";

	private static final Query<AccountTurn> DUE_OF_ALL = Query.of(DUE_OF + "accounts_to_evaluate($1, $2::int)",
			NotifierStore::turn);

	private static final Query<AccountTurn> DUE_OF_SOME = Query.of(DUE_OF + "accounts_to_evaluate($1, $2::bigint[])",
			NotifierStore::turn);

	/** A turn of another epoch moves nothing: its number may have been given again. */
	private static final Query<Long> MOVE = Query.number("""
			select move_notifier from move_notifier($1, $2, $3, $4, $5, $6, $7, $8)
			where $9 = (select i.epoch from installation_epoch i)""");

	private static final Query<Long> END = Query.number("""
			select end_turn from end_turn($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
			where $17 = (select i.epoch from installation_epoch i)""");

	private static final Query<Long> BEGIN = Query.number("select begin_turn from begin_turn($1, $2, $3, $4)");

	private static final Query<Map.Entry<NotifiedAddress, NoiseWindow>> WINDOWS = Query.of("""
			select topic, address, opened_at, closes_at, folded, shown from noise_window where account_id = $1""",
			NotifierStore::window);

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final LargeStatements large;

	private final Outbox outbox;

	NotifierStore(SystemDatabase system, AccountDatabase database, LargeStatements large, Outbox outbox) {
		this.system = system;
		this.database = database;
		this.large = large;
		this.outbox = outbox;
	}

	/** Accounts with something to evaluate, those that waited longest first. */
	Mono<List<AccountTurn>> due(Boolean[] buckets, int most) {
		return this.system.all(DUE_OF_ALL, buckets, most).collectList();
	}

	/** Those of some accounts that have something to evaluate. */
	Mono<List<AccountTurn>> due(Boolean[] buckets, Collection<AccountId> accounts) {
		return this.system.all(DUE_OF_SOME, buckets, Param.numbers(accounts, AccountId::value)).collectList();
	}

	/** A turn begins that may end with its node; empty if another node had one. */
	Mono<Long> begin(AccountTurn turn) {
		return begun(turn, turn.tries() + 1, null);
	}

	/** A turn has failed. */
	Mono<Long> failed(AccountTurn turn, String trouble) {
		return begun(turn, turn.tries() + 1, trouble);
	}

	/** A turn that has begun was none, through no fault of its account. */
	Mono<Long> broken(AccountTurn turn) {
		return begun(turn, turn.tries(), null);
	}

	private Mono<Long> begun(AccountTurn turn, int tries, @Nullable String trouble) {
		return this.database.one(turn.account(), BEGIN, turn.number(), tries, Param.of(trouble, String.class));
	}

	/**
	 * Moves the cursor, since nothing came of a turn but that it was had; answers whether
	 * no other node did.
	 */
	Mono<Boolean> done(TurnWithRules withRules, AccountTurn reached) {
		return this.database.one(reached.account(), MOVE, moved(withRules, reached, false, reached.epoch()))
			.hasElement();
	}

	/** Where a turn has got to and what goes with it, as functions take both. */
	private static Object[] moved(TurnWithRules withRules, AccountTurn reached, boolean swept, Object... more) {
		Object[] moved = { reached.number(), reached.jobPosition(), reached.eventPosition(), reached.rulesFrom(),
				Param.of(withRules.unreadUnder(LogName.JOBS, reached), Long.class),
				Param.of(withRules.unreadUnder(LogName.EVENTS, reached), Long.class), swept };
		return Stream.of(moved, more).flatMap(Arrays::stream).toArray();
	}

	Mono<Map<NotifiedAddress, NoiseWindow>> windows(AccountId account) {
		return this.database.all(account, WINDOWS).collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * Queues the e-mails and moves the cursor, or does neither: then another node did, or
	 * (if it swept) something was recorded meanwhile that comes first. Goes on to its end
	 * when nobody waits for it any more.
	 * @param reached where the turn got to
	 */
	Mono<Boolean> end(TurnWithRules withRules, AccountTurn reached, TurnResult result, boolean swept) {
		MailJson emails = result.emails();
		Object[] parameters = moved(withRules, reached, swept, emails.items(), emails.contents(),
				this.outbox.dailyCap(), result.over(), result.windows(), result.digests(), result.outcomes(),
				result.evaluations(), reached.epoch());
		return Transactions
			.detached(
					this.large
						.run(reached.account(), emails.bytes() + result.bytes(),
								this.database.one(reached.account(), END, parameters))
						.doOnNext(this.outbox::announce))
			.hasElement();
	}

	private static AccountTurn turn(Readable row) {
		AccountStyle style = new AccountStyle(Rows.text(row, "name"), ZoneId.of(Rows.text(row, "time_zone")),
				Locale.forLanguageTag(Rows.text(row, "locale")));
		return new AccountTurn(new AccountId(Rows.number(row, "account_id")), style, Rows.number(row, "turn"),
				Rows.get(row, "tries", Integer.class), Rows.number(row, "job_position"),
				Rows.number(row, "event_position"), Rows.number(row, "job_end"), Rows.number(row, "event_end"),
				Rows.number(row, "rules_from"), Rows.number(row, "rules_to"),
				Rows.get(row, "window_due", Boolean.class), Rows.instant(row, "now"),
				Rows.get(row, "epoch", Integer.class));
	}

	private static Map.Entry<NotifiedAddress, NoiseWindow> window(Readable row) {
		NotifiedAddress recipient = new NotifiedAddress(new Topic(Rows.text(row, "topic")), Rows.text(row, "address"));
		return Map.entry(recipient,
				new NoiseWindow(Rows.instant(row, "opened_at"), Rows.instant(row, "closes_at"),
						Objects.requireNonNull(row.get("folded", Integer.class)),
						Arrays.asList(Rows.get(row, "shown", Long[].class))));
	}

}
