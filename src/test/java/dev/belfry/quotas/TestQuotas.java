package dev.belfry.quotas;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Quotas apart from those of an application. */
public final class TestQuotas {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private TestQuotas() {
	}

	/** All may use as much as they like. */
	public static Quotas none() {
		return of(0, 0, 0);
	}

	/**
	 * All that a second of these rates allows is there from the beginning.
	 * @param user reads, writes and subscriptions of a user
	 * @param account reads, writes and subscriptions of an account
	 */
	static Quotas of(int user, int account, int items) {
		return new Quotas(new QuotaSettings(SECOND, SECOND, new QuotaSettings.OfUser(user, user, user),
				new QuotaSettings.OfAccount(account, account, items, account),
				new QuotaSettings.OfPlatform(account, account)), new SimpleMeterRegistry());
	}

}
