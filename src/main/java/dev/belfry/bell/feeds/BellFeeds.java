package dev.belfry.bell.feeds;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.input.Refusal;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.history.JobLog;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.jobs.marks.Marks.Marked;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Both subscriptions, as streams. */
@Component
public class BellFeeds {

	private final AccountFeeds feeds;

	private final JobLog jobs;

	BellFeeds(AccountFeeds feeds, JobLog jobs) {
		this.feeds = feeds;
		this.jobs = jobs;
	}

	/**
	 * The state of a bell: at once, then each time it changes; the newest wins.
	 * @param warned whether the user gets warnings
	 */
	public Flux<BellState> states(AccountId account, long userId, boolean warned) {
		return this.feeds.listen(account, userId, (feed) -> feed.news().mapNotNull((head) -> {
			Marked marks = feed.marks(userId);
			return (marks != null) ? BellState.of(head, marks).warningOf(warned ? feed.warning() : null) : null;
		}).distinctUntilChanged());
	}

	/**
	 * The log after a position, or from now on.
	 * @param first whether the first batch comes at once, though it is empty
	 */
	public Flux<JobBatch> jobs(AccountId account, JobFilter filter, @Nullable Long since, boolean first) {
		return this.feeds.listen(account, (feed) -> start(feed, since)
			.flatMapMany((position) -> new FeedReader(account, feed, this.jobs, filter, position, first).batches()));
	}

	/**
	 * A position that this node does not know yet is looked for in the table, once for
	 * all who wait.
	 */
	private static Mono<Long> start(AccountFeed feed, @Nullable Long since) {
		LogHead known = feed.head();
		if (since == null) {
			return Mono.just(known.position());
		}
		if (since <= known.position()) {
			return Mono.just(since);
		}
		return feed.refresh().map((head) -> {
			if (since > head.position()) {
				throw Refusal.cursorInvalid("since");
			}
			return since;
		});
	}

}
