package dev.belfry.notifier.matching;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.rules.AlertTimeline;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.settings.SettingsVersions;
import dev.belfry.versions.Timeline;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * The rules of accounts. They are read again only when a lease says that they changed.
 */
@Component
public class RulesCache {

	private static final int MOST_REMEMBERED = 10_000;

	private final SettingsVersions settings;

	private final AlertVersions alerts;

	private final Cache<AccountId, Known> remembered = Caffeine.newBuilder()
		.maximumSize(MOST_REMEMBERED)
		.expireAfterAccess(Duration.ofHours(1))
		.build();

	RulesCache(SettingsVersions settings, AlertVersions alerts) {
		this.settings = settings;
		this.alerts = alerts;
	}

	/**
	 * The lease with all settings and alerts that were in force since what it has not
	 * evaluated.
	 */
	public Mono<LeaseWithRules> governing(AccountLease lease) {
		Known known = this.remembered.getIfPresent(lease.account());
		if (known != null && known.reaches(lease)) {
			return Mono.just(known.governing(lease));
		}
		return Mono
			.zip(this.settings.of(lease.account(), lease.rulesFrom(), lease.rulesTo()),
					this.alerts.of(lease.account(), lease.rulesFrom(), lease.rulesTo()))
			.map((read) -> new Known(lease.epoch(), lease.rulesFrom(), lease.rulesTo(), read.getT1(), read.getT2()))
			.doOnNext((read) -> this.remembered.put(lease.account(), read))
			.map((read) -> read.governing(lease));
	}

	/** What was in force, in an epoch, from one version of the rules to another. */
	private record Known(int epoch, long from, long to, Timeline<SettingsVersion> settings, AlertTimeline alerts) {

		boolean reaches(AccountLease lease) {
			return this.epoch == lease.epoch() && this.from <= lease.rulesFrom() && lease.rulesTo() <= this.to;
		}

		public LeaseWithRules governing(AccountLease lease) {
			return new LeaseWithRules(lease, this.settings, this.alerts);
		}

	}

}
