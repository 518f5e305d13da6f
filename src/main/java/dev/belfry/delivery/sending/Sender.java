package dev.belfry.delivery.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.database.connections.Outages;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.outbox.MailJson;
import dev.belfry.delivery.outbox.MailMeters;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.delivery.relay.Mailer;
import dev.belfry.delivery.sending.MailQueue.Claim;
import dev.belfry.delivery.suppression.UnsubscribeTokens;
import dev.belfry.work.Headroom;

/**
 * Takes e-mails and hands them over, for as many threads as the worker has. Everything
 * here blocks, and is called on the worker's threads alone.
 */
class Sender {

	private static final Logger log = LoggerFactory.getLogger(Sender.class);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	/** In milliseconds. */
	private static final double QUICK = 50;

	private static final double SHARE_OF_NEW = 0.1;

	private final MailQueue queue;

	private final Mailer mailer;

	private final UnsubscribeTokens tokens;

	private final MailMeters meters;

	private final RetrySchedule schedule;

	private final Headroom headroom;

	private final Clock clock;

	private final int threads;

	private final int dailyCap;

	private final DomainHealth domains;

	private final RelayHealth relay = new RelayHealth();

	/** Until what came of them is recorded, by their message ids. */
	private final Map<String, ClaimedEmail> inHand = new ConcurrentHashMap<>();

	/** How many of them have a thread, or are about to. */
	private final AtomicInteger busy = new AtomicInteger();

	/** How long attempts take of late; one or another may be missed. */
	private volatile double millis = 2 * QUICK;

	private ClaimCursor cursor = ClaimCursor.START;

	private Instant renewAt = Instant.EPOCH;

	Sender(MailQueue queue, Mailer mailer, UnsubscribeTokens tokens, MailMeters meters, OutboxSettings settings,
			Headroom headroom, Clock clock) {
		this.queue = queue;
		this.mailer = mailer;
		this.tokens = tokens;
		this.meters = meters;
		this.schedule = new RetrySchedule(settings.giveUpAfter());
		this.headroom = headroom;
		this.clock = clock;
		this.threads = settings.threads();
		this.dailyCap = settings.dailyCap();
		this.domains = new DomainHealth(settings.threads());
	}

	/**
	 * Makes ready what has become due, lets go what waited for a new day, and keeps what
	 * is in hand for another lease.
	 */
	void tick() {
		Instant now = this.clock.instant();
		if (!now.isBefore(this.renewAt)) {
			this.queue.renew(List.copyOf(this.inHand.values())).block(PATIENCE);
			this.renewAt = now.plus(MailQueue.LEASE.dividedBy(4));
		}
		this.queue.wake().block(PATIENCE);
		this.queue.release(this.dailyCap).block(PATIENCE);
	}

	/**
	 * E-mails to send now, as many as threads are free, or soon will be; {@link #send}
	 * each. None while too many wait to be recorded.
	 */
	List<ClaimedEmail> take() {
		List<ClaimedEmail> taken = new ArrayList<>();
		Claim claim;
		do {
			claim = claim(this.clock.instant());
			taken.addAll(claim.mails());
		}
		while (claim.passed() > 0);
		return taken;
	}

	private Claim claim(Instant now) {
		int free = free();
		int most = this.relay.permits(free, this.busy.get(), now);
		if (most < 1) {
			return new Claim(List.of(), 0, this.cursor);
		}
		Claim claim = this.queue.claim(most, this.cursor, this.domains.allowances(now))
			.blockOptional(PATIENCE)
			.orElseThrow();
		this.cursor = claim.cursor();
		this.busy.addAndGet(claim.mails().size());
		for (ClaimedEmail mail : claim.mails()) {
			this.inHand.put(mail.messageId(), mail);
			this.domains.begun(mail, now);
		}
		return claim;
	}

	/**
	 * How many to claim. While attempts are quick, twice as many again are claimed ahead,
	 * all at once when those that were are begun: a claim then takes several e-mails of
	 * an account, and none waits for longer than two attempts take. While there is little
	 * headroom, half as many as there are threads are in hand.
	 */
	private int free() {
		int busy = this.busy.get();
		if (this.millis > QUICK) {
			return Math.min(this.threads - busy, 2 * this.threads - this.inHand.size());
		}
		if (this.headroom.isShort()) {
			return Math.max(1, this.threads / 2) - this.inHand.size();
		}
		int unrecorded = this.inHand.size() - busy;
		return (busy > this.threads || unrecorded >= 2 * this.threads) ? 0
				: 3 * this.threads - Math.max(busy, unrecorded);
	}

	/** Gives back what was taken and not begun. */
	void giveBack(List<ClaimedEmail> mails) {
		this.queue.giveBack(mails).block(PATIENCE);
		this.busy.addAndGet(-mails.size());
		mails.forEach(this::letGo);
	}

	/**
	 * Makes one attempt. The thread is free then, but the e-mail is in hand until
	 * {@link #record} is told of it.
	 */
	FinishedAttempt send(ClaimedEmail mail) {
		try {
			Instant startedAt = this.clock.instant();
			AttemptOutcome outcome = attempt(mail);
			Attempt attempt = Attempt.of(mail, startedAt, this.clock.instant(), outcome);
			this.millis += SHARE_OF_NEW * (attempt.took().toMillis() - this.millis);
			this.domains.ended(mail, outcome.verdict(), attempt.endedAt());
			this.relay.ended(outcome, attempt.endedAt());
			return new FinishedAttempt(mail, attempt,
					NextStep.after(attempt, mail, this.schedule, ThreadLocalRandom.current().nextDouble()));
		}
		catch (RuntimeException | Error fault) {
			letGo(mail);
			throw fault;
		}
		finally {
			this.busy.decrementAndGet();
		}
	}

	private AttemptOutcome attempt(ClaimedEmail mail) {
		try {
			return this.mailer.send(new StoredEmail(mail.messageId(), mail.createdAt(), mail.address(),
					mail.accountName(), mail.topic(), mail.topicTitle(), MailJson.content(mail.content()),
					this.tokens.token(mail.account(), mail.address(), mail.topic())));
		}
		catch (Throwable fault) {
			// Whatever it is, the e-mail has its attempt, and the next one later.
			log.error("Delivery {} of account {} failed with an internal error", mail.deliveryId(),
					mail.account().value(), fault);
			return new AttemptOutcome(Verdict.RETRY, Stage.COMPOSE, null,
					"Internal error. The log of Belfry has the details.");
		}
	}

	/**
	 * Records what came of attempts together, for as long as the lease lasts. One that
	 * cannot be recorded keeps none of the others from it.
	 */
	void record(List<FinishedAttempt> all) {
		try {
			Set<ClaimedEmail> recorded = Set
				.copyOf(this.queue.record(all).collectList().blockOptional(MailQueue.LEASE).orElseThrow());
			all.forEach((ended) -> report(ended, recorded.contains(ended.mail())));
		}
		catch (RuntimeException problem) {
			if (all.size() == 1) {
				Outages.report(log,
						"The attempt of delivery " + all.get(0).mail().deliveryId() + " could not be recorded",
						problem);
			}
			else {
				all.forEach((ended) -> record(List.of(ended)));
			}
		}
		finally {
			all.forEach((ended) -> letGo(ended.mail()));
		}
	}

	private void report(FinishedAttempt ended, boolean recorded) {
		if (recorded) {
			this.meters.ended(ended.next().state());
		}
		else {
			log.warn("Delivery {} of account {} took longer than its lease, and another node has it now",
					ended.mail().deliveryId(), ended.mail().account().value());
		}
	}

	/** Frees its place, whatever the result. */
	private void letGo(ClaimedEmail mail) {
		this.inHand.remove(mail.messageId());
		this.domains.letGo(mail);
	}

}
