package dev.belfry.bell.views;

import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.belfry.bell.feeds.AccountFeeds;
import dev.belfry.bell.feeds.FeedSettings;
import dev.belfry.delivery.caps.DailyCaps;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
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

	private final AccountFeeds feeds;

	private final DailyCaps caps;

	BellWarnings(AccountFeeds feeds, DailyCaps caps, FeedSettings settings, Loops loops) {
		this.feeds = feeds;
		this.caps = caps;
		loops.run(LoopPlan.every(settings.pollInterval(), "bell warnings",
				"Warnings in bells could not be looked up; the next look tries again"), this::look);
	}

	/** Warnings are for the owners of an account. */
	static boolean areFor(Viewer viewer) {
		User user = viewer.user();
		return user != null && user.role() == UserRole.OWNER;
	}

	Mono<List<BellWarning>> of(AccountId account) {
		return this.caps.warning(account).map(BellWarning::of).map(List::of).defaultIfEmpty(List.of());
	}

	private Mono<Void> look() {
		Set<AccountId> accounts = this.feeds.accounts();
		return accounts.isEmpty() ? Mono.empty()
				: this.caps.warnings(accounts)
					.doOnNext((found) -> accounts.forEach((account) -> this.feeds.warned(account, found.get(account))))
					.then();
	}

}
