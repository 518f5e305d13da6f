package dev.belfry.quotas;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;

/**
 * How much a second, on all nodes together; 0: as much as they like.
 *
 * @param burst for so long somebody may save up what was not used
 * @param shareInterval how often nodes tell each other what was used
 * @param user of one user
 * @param account of all users of an account together, and what is handed in for it
 * @param platform of the platform's tokens together
 */
@ConfigurationProperties("belfry.quotas")
record QuotaSettings(@DefaultValue("10s") Duration burst, @DefaultValue("1s") Duration shareInterval,
		@DefaultValue OfUser user, @DefaultValue OfAccount account, @DefaultValue OfPlatform platform) {

	QuotaSettings {
		StartRefused.unlessPositive("belfry.quotas.burst", burst);
		StartRefused.unlessPositive("belfry.quotas.share-interval", shareInterval);
	}

	/** How much a second; 0: as much as they like. */
	int of(Scope scope, Use use) {
		return switch (scope) {
			case USER -> switch (use) {
				case READS -> this.user.reads();
				case WRITES -> this.user.writes();
				case SUBSCRIPTIONS -> this.user.subscriptions();
				case ITEMS -> 0;
			};
			case ACCOUNT -> switch (use) {
				case READS -> this.account.reads();
				case WRITES -> this.account.writes();
				case SUBSCRIPTIONS -> this.account.subscriptions();
				case ITEMS -> this.account.items();
			};
			case PLATFORM -> switch (use) {
				case READS -> this.platform.reads();
				case WRITES -> this.platform.writes();
				case SUBSCRIPTIONS, ITEMS -> 0;
			};
		};
	}

	/** Who has a quota. */
	enum Scope {

		USER, ACCOUNT, PLATFORM

	}

	/**
	 * Of one user, a second; 0: no limit.
	 *
	 * @param reads queries
	 * @param writes mutations
	 * @param subscriptions that begin
	 */
	record OfUser(@DefaultValue("100") int reads, @DefaultValue("50") int writes,
			@DefaultValue("20") int subscriptions) {

		OfUser {
			notNegative("belfry.quotas.user", reads, writes, subscriptions);
		}

	}

	/**
	 * Of all users of an account together, a second; 0: no limit.
	 *
	 * @param reads queries
	 * @param writes mutations
	 * @param items completions and events that are handed in for it
	 * @param subscriptions that begin
	 */
	record OfAccount(@DefaultValue("1000") int reads, @DefaultValue("200") int writes, @DefaultValue("10000") int items,
			@DefaultValue("500") int subscriptions) {

		OfAccount {
			notNegative("belfry.quotas.account", reads, writes, items, subscriptions);
		}

	}

	/**
	 * Of the platform's tokens together, a second; 0: no limit.
	 *
	 * @param reads queries
	 * @param writes mutations
	 */
	record OfPlatform(@DefaultValue("1000") int reads, @DefaultValue("5000") int writes) {

		OfPlatform {
			notNegative("belfry.quotas.platform", reads, writes);
		}

	}

	private static void notNegative(String settings, int... values) {
		for (int value : values) {
			StartRefused.unless(value >= 0, "A quota of " + settings + " is " + value + ".",
					"Set it to a number a second, or to 0 for no limit.");
		}
	}

}
