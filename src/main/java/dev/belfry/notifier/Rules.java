package dev.belfry.notifier;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.settings.SettingsVersions;
import dev.belfry.settings.SettingsVersions.Timeline;
import reactor.core.publisher.Mono;

/** The rules of accounts. They are read again only when a turn says that they changed. */
@Component
class Rules {

	private static final int MOST_REMEMBERED = 10_000;

	private final SettingsVersions versions;

	private final Cache<AccountId, Known> remembered = Caffeine.newBuilder()
		.maximumSize(MOST_REMEMBERED)
		.expireAfterAccess(Duration.ofHours(1))
		.build();

	Rules(SettingsVersions versions) {
		this.versions = versions;
	}

	/** The turn with all settings that were in force since what it has not evaluated. */
	Mono<Governed> governing(Turn turn) {
		Known known = this.remembered.getIfPresent(turn.account());
		if (known != null && known.reaches(turn)) {
			return Mono.just(new Governed(turn, known.settings()));
		}
		return this.versions.of(turn.account(), turn.rulesFrom(), turn.rulesTo())
			.doOnNext((settings) -> this.remembered.put(turn.account(),
					new Known(turn.rulesFrom(), turn.rulesTo(), settings)))
			.map((settings) -> new Governed(turn, settings));
	}

	/** Settings from one version of the rules to another. */
	private record Known(long from, long to, Timeline settings) {

		boolean reaches(Turn turn) {
			return this.from <= turn.rulesFrom() && turn.rulesTo() <= this.to;
		}

	}

}
