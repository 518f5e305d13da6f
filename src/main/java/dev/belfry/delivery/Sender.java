package dev.belfry.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.delivery.MailQueue.Claim;
import dev.belfry.delivery.mail.Mailer;
import dev.belfry.delivery.mail.Outcome;
import dev.belfry.delivery.mail.Outcome.Stage;
import dev.belfry.delivery.mail.Outcome.Verdict;
import dev.belfry.delivery.mail.Outgoing;
import dev.belfry.delivery.mail.UnsubscribeTokens;
import dev.belfry.platform.Failures;
import reactor.util.retry.Retry;

/**
 * Takes e-mails and hands them over, for as many threads as the worker has. Everything
 * here blocks, and is called on the worker's threads alone.
 */
class Sender {

	private static final Logger log = LoggerFactory.getLogger(Sender.class);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final MailQueue queue;

	private final Mailer mailer;

	private final UnsubscribeTokens tokens;

	private final MailMeters meters;

	private final RetrySchedule schedule;

	private final Clock clock;

	private final int threads;

	private final Domains domains;

	private final Relay relay = new Relay();

	private final Map<Long, Claimed> inHand = new ConcurrentHashMap<>();

	private Turns turns = Turns.START;

	private Instant renewAt = Instant.EPOCH;

	Sender(MailQueue queue, Mailer mailer, UnsubscribeTokens tokens, MailMeters meters, OutboxSettings settings,
			Clock clock) {
		this.queue = queue;
		this.mailer = mailer;
		this.tokens = tokens;
		this.meters = meters;
		this.schedule = new RetrySchedule(settings.giveUpAfter());
		this.clock = clock;
		this.threads = settings.threads();
		this.domains = new Domains(settings.threads());
	}

	/**
	 * Makes ready what has become due, and keeps what is in hand for another lease.
	 */
	void tick() {
		Instant now = this.clock.instant();
		if (!now.isBefore(this.renewAt)) {
			this.queue.renew(now, List.copyOf(this.inHand.values())).block(PATIENCE);
			this.renewAt = now.plus(MailQueue.LEASE.dividedBy(4));
		}
		this.queue.wake(now).block(PATIENCE);
	}

	/** E-mails to send now, as many as threads are free; {@link #send} each. */
	List<Claimed> take() {
		Instant now = this.clock.instant();
		int most = this.relay.permits(this.threads - this.inHand.size(), this.inHand.size(), now);
		if (most < 1) {
			return List.of();
		}
		Claim claim = this.queue.claim(now, most, this.turns, this.domains.allowances(now))
			.blockOptional(PATIENCE)
			.orElseThrow();
		this.turns = claim.turns();
		for (Claimed mail : claim.mails()) {
			this.inHand.put(mail.deliveryId(), mail);
			this.domains.begun(mail, now);
		}
		return claim.mails();
	}

	/** Gives back what was taken and not begun. */
	void giveBack(List<Claimed> mails) {
		this.queue.giveBack(this.clock.instant(), mails).block(PATIENCE);
		mails.forEach(this::letGo);
	}

	/** Makes one attempt and records what came of it. */
	void send(Claimed mail) {
		try {
			Instant startedAt = this.clock.instant();
			Outcome outcome = attempt(mail);
			Attempt attempt = Attempt.of(mail, startedAt, this.clock.instant(), outcome);
			this.domains.ended(mail, outcome.verdict(), attempt.endedAt());
			this.relay.ended(outcome, attempt.endedAt());
			record(mail, attempt);
		}
		finally {
			letGo(mail);
		}
	}

	private Outcome attempt(Claimed mail) {
		try {
			return this.mailer.send(new Outgoing(mail.messageId(), mail.createdAt(), mail.address(), mail.accountName(),
					mail.topic(), mail.topicTitle(), MailJson.content(mail.content()),
					this.tokens.token(mail.account(), mail.address(), mail.topic())));
		}
		catch (RuntimeException fault) {
			log.error("Delivery {} of account {} could not be sent for a fault of ours", mail.deliveryId(),
					mail.account().value(), fault);
			return new Outcome(Verdict.RETRY, Stage.COMPOSE, null,
					"A fault of Belfry's; the operator finds it in the log.");
		}
	}

	/**
	 * Tries for as long as the lease lasts, since an e-mail of which nothing is known is
	 * sent again.
	 */
	private void record(Claimed mail, Attempt attempt) {
		NextStep next = NextStep.after(attempt, mail, this.schedule, ThreadLocalRandom.current().nextDouble());
		boolean recorded = Boolean.TRUE.equals(this.queue.record(mail, attempt, next)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
				.maxBackoff(Duration.ofSeconds(5))
				.filter(Failures::isUnavailable))
			.block(MailQueue.LEASE));
		if (recorded) {
			this.meters.ended(next.state());
		}
		else {
			log.warn("Delivery {} of account {} took longer than its lease, and another node has it now",
					mail.deliveryId(), mail.account().value());
		}
	}

	/** Whatever came of it, it takes nobody's place any more. */
	private void letGo(Claimed mail) {
		this.inHand.remove(mail.deliveryId());
		this.domains.letGo(mail);
	}

}
