package dev.belfry.bell.feeds;

import java.time.Duration;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.log.hints.HintsRestored;
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import reactor.core.publisher.Mono;

/** Looks after the feeds in case that hints were lost, or readers have heard nothing. */
@Component
class FeedLoops {

	private static final Duration BEAT = Duration.ofSeconds(5);

	private final AccountFeeds feeds;

	private final Loop polls;

	FeedLoops(AccountFeeds feeds, FeedSettings settings, Loops loops) {
		this.feeds = feeds;
		this.polls = loops.run(LoopPlan
			.every(settings.pollInterval(), "bell polls",
					"Bells could not be compared with the logs; what lost hints would have said comes late")
			.forRequests(), feeds::poll);
		loops.run(LoopPlan.every(BEAT, "bell beats", "Readers of bells with a filter are not told how far they are")
			.forRequests(), () -> Mono.fromRunnable(feeds::beat));
	}

	@EventListener(HintsRestored.class)
	void onHintsRestored() {
		this.feeds.refresh();
		this.polls.wake();
	}

}
