package dev.belfry.notifier.reader;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.emails.NoiseFilter.Outcome;
import dev.belfry.notifier.emails.DueEmail;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.emails.NoiseWindow;
import dev.belfry.notifier.emails.NotifiedAddress;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.notifier.matching.TurnWithRules;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the accounts that have something to evaluate, and keeps what came of it. E-mails
 * and cursor move in one transaction, of which only one node's can be committed.
 */
@Component
class NotifierStore {

	private static final Query<AccountTurn> DUE = Query.of("""
			select account_id, name, time_zone, locale, turn, tries, job_position, event_position, job_end, event_end,
			       rules_from, rules_to, window_due, now, (select i.epoch from installation_epoch i) as epoch
			from accounts_to_evaluate($1, $2)""", NotifierStore::turn);

	/** A turn of another epoch moves nothing: its number may have been given again. */
	private static final Query<Long> MOVE = Query.number("""
			select move_notifier from move_notifier($1, $2, $3, $4, $5, $6, $7, $8)
			where $9 = (select i.epoch from installation_epoch i)""");

	private static final Query<Long> BEGIN = Query.number("select begin_turn from begin_turn($1, $2, $3, $4)");

	private static final Query<Map.Entry<NotifiedAddress, NoiseWindow>> WINDOWS = Query.of("""
			select topic, address, opened_at, closes_at, folded, shown from noise_window where account_id = $1""",
			NotifierStore::window);

	private static final String FORGET_OVER = """
			delete from noise_window w using jsonb_to_recordset($2) r (topic text, address text)
			where w.account_id = $1 and w.topic = r.topic and w.address = r.address""";

	private static final String KEEP_WINDOWS = """
			insert into noise_window as w (account_id, topic, address, opened_at, closes_at, folded, shown)
			select $1, r.topic, r.address, r.opened_at, r.closes_at, r.folded, r.shown
			from jsonb_to_recordset($2) r (topic text, address text, opened_at timestamptz, closes_at timestamptz,
			                               folded int, shown bigint[])
			on conflict (account_id, topic, address) do update
			set opened_at = excluded.opened_at, closes_at = excluded.closes_at, folded = excluded.folded,
			    shown = excluded.shown""";

	/** What waited is in the first digest that follows. */
	private static final String END_WAITING = """
			update notification_outcome o set delivery_id = r.delivery_id
			from jsonb_to_recordset($2) r (topic text, address text, delivery_id bigint)
			where o.account_id = $1 and o.topic = r.topic and o.address = r.address and o.delivery_id is null""";

	private static final String KEEP_OUTCOMES = """
			insert into notification_outcome (account_id, log, position, topic, address, delivery_id)
			select $1, r.log, r.position, r.topic, r.address, r.delivery_id
			from jsonb_to_recordset($2) r (log text, position bigint, topic text, address text, delivery_id bigint)""";

	private final SystemDatabase system;

	private final AccountDatabase database;

	private final Transactions transactions;

	private final Outbox outbox;

	private final AlertEvaluations evaluations;

	private final JsonMapper json;

	NotifierStore(SystemDatabase system, AccountDatabase database, Transactions transactions, Outbox outbox,
			AlertEvaluations evaluations, JsonMapper json) {
		this.system = system;
		this.database = database;
		this.transactions = transactions;
		this.outbox = outbox;
		this.evaluations = evaluations;
		this.json = json;
	}

	/** Accounts with something to evaluate, those that waited longest first. */
	Mono<List<AccountTurn>> due(Boolean[] buckets, int most) {
		return this.system.all(DUE, buckets, most).collectList();
	}

	/** A turn begins that may end with its node; empty if another node had one. */
	Mono<Long> begin(AccountTurn turn) {
		return begun(turn, null);
	}

	/** A turn has failed. */
	Mono<Long> failed(AccountTurn turn, String trouble) {
		return begun(turn, trouble);
	}

	private Mono<Long> begun(AccountTurn turn, @Nullable String trouble) {
		return this.database.one(turn.account(), BEGIN, turn.number(), turn.tries() + 1,
				Param.of(trouble, String.class));
	}

	/**
	 * Moves the cursor, since nothing came of a turn but that it was had; answers whether
	 * no other node did.
	 */
	Mono<Boolean> done(TurnWithRules withRules, AccountTurn reached) {
		return move(withRules, reached, false).hasElement();
	}

	private Mono<Long> move(TurnWithRules withRules, AccountTurn reached, boolean swept) {
		return this.database.one(reached.account(), MOVE, reached.number(), reached.jobPosition(),
				reached.eventPosition(), reached.rulesFrom(),
				Param.of(withRules.unreadUnder(LogName.JOBS, reached), Long.class),
				Param.of(withRules.unreadUnder(LogName.EVENTS, reached), Long.class), swept, reached.epoch());
	}

	Mono<Map<NotifiedAddress, NoiseWindow>> windows(AccountId account) {
		return this.database.all(account, WINDOWS).collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * Queues the e-mails and moves the cursor, or does neither: then another node did, or
	 * (if it swept) something was recorded meanwhile that comes first.
	 * @param reached where the turn got to
	 * @param emails those of the verdict, written
	 * @param matches kept with them
	 */
	Mono<Boolean> commit(TurnWithRules withRules, AccountTurn reached, Verdict verdict, List<Email> emails,
			List<AlertMatch> matches, boolean swept) {
		AccountId account = reached.account();
		Mono<Boolean> work = move(withRules, reached, swept)
			.flatMap(
					(moved) -> this.outbox.queue(account, emails)
						.defaultIfEmpty(List.of())
						.flatMap((deliveries) -> keep(account, verdict, deliveries)
							.then(this.evaluations.keep(account, matches))
							.thenReturn(true)))
			.defaultIfEmpty(false);
		return this.transactions.run(work);
	}

	private Mono<Void> keep(AccountId account, Verdict verdict, List<Long> deliveries) {
		return Flux.concat(run(account, FORGET_OVER, verdict.over().stream().map(NotifiedAddress::row).toList()),
				run(account, KEEP_WINDOWS, verdict.windows().entrySet().stream().map(NotifierStore::row).toList()),
				run(account, END_WAITING, digests(verdict.due(), deliveries)), run(account, KEEP_OUTCOMES,
						verdict.outcomes().stream().map((outcome) -> row(outcome, deliveries)).toList()))
			.then();
	}

	private Mono<Long> run(AccountId account, String statement, List<Map<String, @Nullable Object>> rows) {
		return rows.isEmpty() ? Mono.empty()
				: this.database.update(account, statement, Json.of(this.json.writeValueAsBytes(rows)));
	}

	/** The first digest of each recipient. */
	private static List<Map<String, @Nullable Object>> digests(List<DueEmail> due, List<Long> deliveries) {
		List<NotifiedAddress> seen = new ArrayList<>();
		List<Map<String, @Nullable Object>> rows = new ArrayList<>();
		for (int i = 0; i < due.size(); i++) {
			DueEmail email = due.get(i);
			if (email.digest() && !seen.contains(email.recipient())) {
				seen.add(email.recipient());
				Map<String, @Nullable Object> row = new HashMap<>(email.recipient().row());
				row.put("delivery_id", deliveries.get(i));
				rows.add(row);
			}
		}
		return rows;
	}

	private static Map<String, @Nullable Object> row(Map.Entry<NotifiedAddress, NoiseWindow> entry) {
		NoiseWindow window = entry.getValue();
		return Map.of("topic", entry.getKey().topic().key(), "address", entry.getKey().address(), "opened_at",
				window.openedAt().toString(), "closes_at", window.closesAt().toString(), "folded", window.folded(),
				"shown", window.shown());
	}

	private static Map<String, @Nullable Object> row(Outcome outcome, List<Long> deliveries) {
		Map<String, @Nullable Object> row = new HashMap<>(outcome.recipient().row());
		row.put("log", outcome.cause().log().name());
		row.put("position", outcome.cause().position());
		row.put("delivery_id", (outcome.email() != null) ? deliveries.get(outcome.email()) : null);
		return row;
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
