package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

/**
 * How the recipients' domains do, as this node sees them. One whose e-mails take long or
 * had to be tried again holds at most a quarter of the threads, and so does one of which
 * nothing is known yet; as soon as one e-mail got through quickly it may hold them all.
 */
final class DomainHealth {

	/** An attempt that takes longer is slow. */
	static final Duration SLOW = Duration.ofSeconds(3);

	/** Others are as if nothing were known of them. */
	private static final int MOST_KNOWN = 256;

	private final int threads;

	private final int quarter;

	private final Map<String, Hand> inHand = new HashMap<>();

	/** Whether the last attempt got through quickly. The oldest are forgotten. */
	private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MOST_KNOWN;
		}

	};

	DomainHealth(int threads) {
		this.threads = threads;
		this.quarter = Math.max(1, threads / 4);
	}

	synchronized void begun(ClaimedEmail mail, Instant now) {
		this.inHand.put(mail.messageId(), new Hand(mail.domain(), now));
	}

	/** An attempt has ended; trouble of the relay says nothing about the domain. */
	synchronized void ended(ClaimedEmail mail, Verdict verdict, Instant now) {
		Hand hand = this.inHand.remove(mail.messageId());
		if (hand != null && verdict != Verdict.RELAY_TROUBLE) {
			this.known.put(mail.domain(), verdict != Verdict.RETRY && !hand.isSlow(now));
		}
	}

	/** An e-mail is no longer in hand, though no attempt ended. */
	synchronized void letGo(ClaimedEmail mail) {
		this.inHand.remove(mail.messageId());
	}

	synchronized Allowances allowances(Instant now) {
		Map<String, Integer> allowed = new HashMap<>();
		this.known.forEach((domain, healthy) -> allowed.put(domain, healthy ? this.threads : this.quarter));
		this.inHand.values().forEach((hand) -> {
			allowed.putIfAbsent(hand.domain(), this.quarter);
			if (hand.isSlow(now)) {
				allowed.computeIfPresent(hand.domain(), (domain, number) -> Math.min(number, this.quarter));
			}
		});
		this.inHand.values().forEach((hand) -> allowed.merge(hand.domain(), -1, Integer::sum));
		return new Allowances(allowed, this.quarter);
	}

	private record Hand(String domain, Instant since) {

		boolean isSlow(Instant now) {
			return Duration.between(this.since, now).compareTo(SLOW) > 0;
		}

	}

}
