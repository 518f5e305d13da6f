package dev.belfry.quotas;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;

import dev.belfry.quotas.QuotaSettings.Scope;

/**
 * What somebody may use of a quota: a token bucket, which also knows how much this node
 * has let them use in all.
 */
final class QuotaBucket {

	private final Key key;

	private final long perSecond;

	private final long most;

	private final Duration window;

	private final Bucket tokens;

	private final LongAdder used = new LongAdder();

	/** What was used in all when other nodes were told last. */
	private long told;

	QuotaBucket(Key key, long perSecond, Duration burst) {
		this.key = key;
		this.perSecond = perSecond;
		this.most = Math.max(1, perSecond * burst.toMillis() / 1000);
		this.window = burst;
		this.tokens = Bucket.builder()
			.addLimit(Bandwidth.builder().capacity(this.most).refillGreedy(perSecond, Duration.ofSeconds(1)).build())
			.withNanosecondPrecision()
			.build();
	}

	Key key() {
		return this.key;
	}

	/** The quota, in words. */
	String words() {
		return this.perSecond + " " + this.key.use().word() + " a second (belfry.quotas." + this.key.policy() + ")";
	}

	/**
	 * Uses so much, or as much as there is at most, if it is there now; else nothing.
	 * Answers how long it takes until it is there; zero if it was.
	 */
	Duration take(long number) {
		long wanted = Math.min(number, this.most);
		ConsumptionProbe probe = this.tokens.tryConsumeAndReturnRemaining(wanted);
		if (!probe.isConsumed()) {
			return Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
		}
		this.used.add(wanted);
		return Duration.ZERO;
	}

	/** Gives back what was used for nothing. */
	void giveBack(long number) {
		long wanted = Math.min(number, this.most);
		this.tokens.addTokens(wanted);
		this.used.add(-wanted);
	}

	/**
	 * Another node has let them use so much. They can be in debt by then, but never by
	 * more than the whole quota.
	 */
	void takenElsewhere(long number) {
		long mostNow = Math.max(0, this.tokens.getAvailableTokens() + this.most);
		this.tokens.consumeIgnoringRateLimits(Math.max(1, Math.min(number, mostNow)));
	}

	/** What was used since other nodes were told, if that is worth telling. */
	Told tell(Duration interval) {
		long all = this.used.sum();
		long fresh = all - this.told;
		this.told = all;
		return new Told(all, fresh, fresh * 20 * 1000 > this.perSecond * interval.toMillis());
	}

	Balance balance() {
		EstimationProbe whole = this.tokens.estimateAbilityToConsume(this.most);
		return new Balance(this.key.policy(), this.most, this.window, Math.max(0, whole.getRemainingTokens()),
				Duration.ofNanos(whole.getNanosToWaitForRefill()));
	}

	/**
	 * What other nodes are told.
	 *
	 * @param all that was used since there is this bucket
	 * @param fresh that was used since they were told last
	 * @param matters whether it is more than a twentieth of the quota
	 */
	record Told(long all, long fresh, boolean matters) {
	}

	/**
	 * Whose bucket it is.
	 *
	 * @param account 0 for the platform
	 * @param user 0 for all of an account
	 */
	record Key(Scope scope, long account, long user, Use use) {

		/** As in the settings. */
		String policy() {
			return this.scope.name().toLowerCase(Locale.ROOT) + "." + this.use.word();
		}

		/** As other nodes are told. */
		String text() {
			return this.scope.ordinal() + "/" + this.account + "/" + this.user + "/" + this.use.ordinal();
		}

		static Key of(String text) {
			String[] parts = text.split("/");
			return new Key(Scope.values()[Integer.parseInt(parts[0])], Long.parseLong(parts[1]),
					Long.parseLong(parts[2]), Use.values()[Integer.parseInt(parts[3])]);
		}

		/** For the log. */
		String who() {
			return switch (this.scope) {
				case USER -> "user " + this.user + " of account " + this.account;
				case ACCOUNT -> "account " + this.account;
				case PLATFORM -> "the platform";
			};
		}

	}

}
