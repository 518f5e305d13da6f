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
 * The rules of accounts. They are read again only when a turn says that they changed.
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
	 * The turn with all settings and alerts that were in force since what it has not
	 * evaluated.
	 */
	public Mono<TurnWithRules> governing(AccountTurn turn) {
		Known known = this.remembered.getIfPresent(turn.account());
		if (known != null && known.reaches(turn)) {
			return Mono.just(known.governing(turn));
		}
		return Mono
			.zip(this.settings.of(turn.account(), turn.rulesFrom(), turn.rulesTo()),
					this.alerts.of(turn.account(), turn.rulesFrom(), turn.rulesTo()))
			.map((read) -> new Known(turn.epoch(), turn.rulesFrom(), turn.rulesTo(), read.getT1(), read.getT2()))
			.doOnNext((read) -> this.remembered.put(turn.account(), read))
			.map((read) -> read.governing(turn));
	}

	/** What was in force, in an epoch, from one version of the rules to another. */
	private record Known(int epoch, long from, long to, Timeline<SettingsVersion> settings, AlertTimeline alerts) {

		boolean reaches(AccountTurn turn) {
			return this.epoch == turn.epoch() && this.from <= turn.rulesFrom() && turn.rulesTo() <= this.to;
		}

		public TurnWithRules governing(AccountTurn turn) {
			return new TurnWithRules(turn, this.settings, this.alerts);
		}

	}

}
