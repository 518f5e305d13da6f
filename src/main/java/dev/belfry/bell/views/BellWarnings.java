package dev.belfry.bell.views;

import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.belfry.bell.feeds.AccountFeeds;
import dev.belfry.delivery.caps.DailyCaps;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/**
 * What the owners of accounts are warned of in their bells. It changes by the clock too,
 * so it is looked at now and then, of all accounts together that someone listens to.
 */
@Component
class BellWarnings {

	private static final Logger log = LoggerFactory.getLogger(BellWarnings.class);

	private final AccountFeeds feeds;

	private final DailyCaps caps;

	BellWarnings(AccountFeeds feeds, DailyCaps caps) {
		this.feeds = feeds;
		this.caps = caps;
	}

	/** Warnings are for the owners of an account. */
	static boolean areFor(Viewer viewer) {
		User user = viewer.user();
		return user != null && user.role() == UserRole.OWNER;
	}

	Mono<List<BellWarning>> of(AccountId account) {
		return this.caps.warning(account).map(BellWarning::of).map(List::of).defaultIfEmpty(List.of());
	}

	@Scheduled(fixedDelayString = "${belfry.live.poll-interval:2s}")
	Mono<Void> look() {
		return Mono.defer(() -> lookOf(this.feeds.accounts())).onErrorResume((problem) -> {
			log.debug("Warnings could not be read; the next read tries again", problem);
			return Mono.empty();
		});
	}

	private Mono<Void> lookOf(Set<AccountId> accounts) {
		return accounts.isEmpty() ? Mono.empty()
				: this.caps.warnings(accounts)
					.doOnNext((found) -> accounts.forEach((account) -> this.feeds.warned(account, found.get(account))))
					.then();
	}

}
