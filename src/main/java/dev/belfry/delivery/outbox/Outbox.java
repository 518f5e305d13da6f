package dev.belfry.delivery.outbox;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.ids.Seal;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Takes e-mails that are to be sent. Everything here runs in the caller's transaction, if
 * there is one: what is rolled back was never queued.
 */
@Component
public class Outbox {

	private static final Query<Queued> QUEUE = Query.of(
			"select delivery_id, state from queue_deliveries($1, $2, $3, $4, clock_timestamp())",
			(row) -> new Queued(Rows.number(row, "delivery_id"), DeliveryState.valueOf(Rows.text(row, "state"))));

	private static final Query<Long> STOP = Query.number("select stop_topics($1, $2, clock_timestamp())::bigint");

	/** With what was about to be queued when the topics were stopped. */
	private static final String RESUME = """
			with gone as (
			  delete from stopped_topic where account_id = $1 and topic = any ($2) returning topic
			)
			update delivery d
			set state = 'CANCELLED', ready = false, answer = mail_refusal_text('CANCELLED'), changed_at = clock_timestamp()
			where d.account_id = $1 and d.state in ('PENDING', 'RETRYING') and d.topic in (select topic from gone)""";

	private final AccountDatabase database;

	private final Seal seal;

	private final OutboxSettings settings;

	private final MessageIds messageIds;

	private final MailMeters meters;

	private final ApplicationEventPublisher events;

	public Outbox(AccountDatabase database, Seal seal, OutboxSettings settings, MailMeters meters,
			ApplicationEventPublisher events) {
		this.database = database;
		this.seal = seal;
		this.settings = settings;
		this.messageIds = new MessageIds(settings.domain());
		this.meters = meters;
		this.events = events;
	}

	/**
	 * Queues e-mails and answers the numbers of their deliveries, in their order. None is
	 * dropped: one to a suppressed address or of a stopped topic is kept as such, and
	 * what is above the account's daily cap waits for a later day.
	 */
	public Mono<List<Long>> queue(AccountId account, List<Email> emails) {
		return queue(account, emails, dailyCap());
	}

	/** Likewise what does not count against the daily cap, and is not delayed by it. */
	public Mono<List<Long>> queueUncounted(AccountId account, List<Email> emails) {
		return queue(account, emails, Param.of(null, Integer.class));
	}

	/** E-mails for a statement that queues them with what belongs to them. */
	public MailBatch batch(AccountId account, List<Email> emails) {
		return new MailBatch(account, emails, this.seal, this.messageIds);
	}

	/** Of accounts that have none of their own, in e-mails a day. */
	public int dailyCap() {
		return this.settings.dailyCap();
	}

	private Mono<List<Long>> queue(AccountId account, List<Email> emails, Object cap) {
		if (emails.isEmpty()) {
			return Mono.just(List.of());
		}
		return Mono.defer(() -> {
			MailJson mails = batch(account, emails).json();
			return this.database.all(account, QUEUE, mails.items(), mails.contents(), cap).collectList();
		})
			.delayUntil((queued) -> Transactions.afterCommit(() -> announce(pending(queued))))
			.map((queued) -> queued.stream().map(Queued::deliveryId).toList());
	}

	/**
	 * Switches topics off: what waits is cancelled, and so is what is queued later.
	 */
	public Mono<Void> stop(AccountId account, Collection<Topic> topics) {
		return topics.isEmpty() ? Mono.empty()
				: Mono.defer(() -> this.database.one(account, STOP, Param.texts(topics, Topic::key))).then();
	}

	/** Switches topics on again. What was cancelled stays so. */
	public Mono<Void> resume(AccountId account, Collection<Topic> topics) {
		return topics.isEmpty() ? Mono.empty()
				: Mono.defer(() -> this.database.update(account, RESUME, Param.texts(topics, Topic::key))).then();
	}

	/**
	 * Stops those topics that are off now, and resumes those that are on now.
	 * @param before those that were on
	 * @param after those that are
	 */
	public Mono<Void> follow(AccountId account, Set<Topic> before, Set<Topic> after) {
		return stop(account, without(before, after)).then(resume(account, without(after, before)));
	}

	/** In one order, so that two who take the same do not wait for each other. */
	private static List<Topic> without(Set<Topic> topics, Set<Topic> others) {
		return topics.stream()
			.filter(Predicate.not(others::contains))
			.sorted(Comparator.comparing(Topic::key))
			.toList();
	}

	private static long pending(List<Queued> queued) {
		return queued.stream().filter((mail) -> mail.state() == DeliveryState.PENDING).count();
	}

	/** So many are in the outbox, committed, that are to be sent. */
	public void announce(long pending) {
		this.meters.queued(pending);
		if (pending > 0) {
			this.events.publishEvent(new MailQueued());
		}
	}

	private record Queued(long deliveryId, DeliveryState state) {
	}

}
