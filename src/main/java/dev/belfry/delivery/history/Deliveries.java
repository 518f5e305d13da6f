package dev.belfry.delivery.history;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.delivery.outbox.MailQueued;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.sending.Attempt;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The deliveries of an account, as the account sees them. */
@Component
public class Deliveries {

	private static final String SELECT = """
			select d.delivery_id, d.topic, d.topic_title, d.alert_version, d.address, d.state,
			       d.content ->> 'subject' as subject, d.entries,
			       d.created_at, d.due_at, d.message_id, d.answer, d.cause_log, d.cause_position,
			       d.capped and d.state = 'PENDING' as capped
			from written_delivery d where d.account_id = $1""";

	/** An empty array or null asks nothing; the plan is made for the values. */
	private static final String PAGE = SELECT + Query.PLANNED_FOR_VALUES + """

			and d.delivery_id < $2
			and (cardinality($3::text[]) = 0 or d.state = any ($3))
			and (cardinality($4::text[]) = 0 or d.topic = any ($4))
			and ($5::text is null or d.address_key = $5)
			and ($6::timestamptz is null or d.created_at >= $6)
			and ($7::timestamptz is null or d.created_at < $7)
			order by d.delivery_id desc limit $8""";

	private static final String BY_IDS = SELECT + " and d.delivery_id = any ($2) order by d.delivery_id";

	private static final Query<Map.Entry<Long, Attempt>> ATTEMPTS = Query.of("""
			select delivery_id, attempt, started_at, ended_at, verdict, stage, code, answer from delivery_attempt
			where account_id = $1 and delivery_id = any ($2) order by delivery_id, attempt""", Deliveries::attempt);

	/** What an erased one has said is not known any more. */
	private static final Query<Map.Entry<Long, StoredEmail>> MAILS = Query.of("""
			select d.delivery_id, d.message_id, d.created_at, d.address, a.name as account_name, d.topic, d.topic_title,
			       d.content
			from written_delivery d join account_profile a using (account_id)
			where d.account_id = $1 and d.delivery_id = any ($2) and d.address_key <> ''""", Deliveries::mail);

	/** In the place of a token: who may read an e-mail may not stop the next. */
	static final String NO_TOKEN = "…";

	private static final Query<String> RETRY = Query.of("select retry_delivery($1, $2, $3, clock_timestamp()) as done",
			(row) -> Rows.text(row, "done"));

	private final AccountDatabase database;

	private final OutboxSettings settings;

	private final ApplicationEventPublisher events;

	public Deliveries(AccountDatabase database, OutboxSettings settings, ApplicationEventPublisher events) {
		this.database = database;
		this.settings = settings;
		this.events = events;
	}

	/** Those older than a number, newest first. */
	Mono<List<Delivery>> page(AccountId account, DeliveryChoice choice, long below, int most) {
		return this.database
			.all(account, delivery(account, PAGE), below, Param.texts(choice.states(), Enum::name),
					Param.texts(choice.topics(), Topic::key), Param.of(choice.addressKey(), String.class),
					Param.of(choice.createdAt().from(), Instant.class),
					Param.of(choice.createdAt().to(), Instant.class), most)
			.collectList()
			.flatMap((found) -> withAttempts(account, found));
	}

	Mono<List<Delivery>> byIds(AccountId account, Collection<Long> ids) {
		return this.database.all(account, delivery(account, BY_IDS), Param.numbers(ids))
			.collectList()
			.flatMap((found) -> withAttempts(account, found));
	}

	/** What those say that are not erased, without what unsubscribes from them. */
	Mono<Map<Long, StoredEmail>> mails(AccountId account, Collection<Long> ids) {
		return this.database.all(account, MAILS, Param.numbers(ids)).collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * Queues one again, in the caller's transaction. Fails with {@link UserErrors} if
	 * that cannot be.
	 */
	public Mono<Delivery> retry(AccountId account, long deliveryId) {
		return this.database.one(account, RETRY, deliveryId, this.settings.dailyCap())
			.flatMap((done) -> done.equals("DONE")
					? Transactions.afterCommit(() -> this.events.publishEvent(new MailQueued()))
						.then(one(account, deliveryId))
					: Mono.error(refused(done)));
	}

	public Mono<Delivery> one(AccountId account, long deliveryId) {
		return byIds(account, List.of(deliveryId)).flatMapIterable((found) -> found).next();
	}

	static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, "There is no such delivery.", "id");
	}

	private static UserErrors refused(String reason) {
		return switch (reason) {
			case "UNKNOWN" -> notFound();
			case "NOT_ENDED" -> notPossible("This e-mail was sent, or is still to be sent.");
			case "ERASED" -> notPossible("The address and the content of the e-mail were erased.");
			case "SUPPRESSED" ->
				notPossible("This address is suppressed for this topic. Remove its suppression first.");
			default -> notPossible("This topic is switched off, or the user with this address has left the account. "
					+ "Switch it on first, or choose another recipient.");
		};
	}

	private static UserErrors notPossible(String message) {
		return UserErrors.at(UserErrorCode.NOT_POSSIBLE, message, "id");
	}

	private Mono<List<Delivery>> withAttempts(AccountId account, List<Delivery> deliveries) {
		if (deliveries.isEmpty()) {
			return Mono.just(deliveries);
		}
		Object ids = Param.numbers(deliveries, Delivery::deliveryId);
		return this.database.all(account, ATTEMPTS, ids)
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
			.map((attempts) -> deliveries.stream()
				.map((delivery) -> delivery.with(attempts.getOrDefault(delivery.deliveryId(), List.of())))
				.toList());
	}

	private static Query<Delivery> delivery(AccountId account, String sql) {
		return Query.of(sql, (row) -> delivery(account, row));
	}

	private static Delivery delivery(AccountId account, Readable row) {
		DeliveryState state = DeliveryState.valueOf(Rows.text(row, "state"));
		return new Delivery(account, Rows.number(row, "delivery_id"), new Topic(Rows.text(row, "topic")),
				Rows.text(row, "topic_title"), row.get("alert_version", Integer.class), Rows.text(row, "address"),
				state, row.get("subject", String.class), Rows.get(row, "entries", Integer.class),
				Rows.instant(row, "created_at"), state.isWaiting() ? Rows.instant(row, "due_at") : null,
				Rows.text(row, "message_id"), row.get("answer", String.class),
				new Cause(LogName.valueOf(Rows.text(row, "cause_log")), Rows.number(row, "cause_position")),
				Rows.get(row, "capped", Boolean.class), List.of());
	}

	private static Map.Entry<Long, StoredEmail> mail(Readable row) {
		return Map.entry(Rows.number(row, "delivery_id"),
				new StoredEmail(Rows.text(row, "message_id"), Rows.instant(row, "created_at"),
						Rows.text(row, "address"), Rows.text(row, "account_name"), new Topic(Rows.text(row, "topic")),
						Rows.text(row, "topic_title"),
						MailJson.content(Rows.get(row, "content", Json.class).asString()), NO_TOKEN));
	}

	private static Map.Entry<Long, Attempt> attempt(Readable row) {
		Attempt attempt = new Attempt(Rows.get(row, "attempt", Integer.class), Rows.instant(row, "started_at"),
				Rows.instant(row, "ended_at"), AttemptOutcome.Verdict.valueOf(Rows.text(row, "verdict")),
				AttemptOutcome.Stage.valueOf(Rows.text(row, "stage")), row.get("code", Integer.class),
				Rows.text(row, "answer"));
		return Map.entry(Rows.number(row, "delivery_id"), attempt);
	}

}
