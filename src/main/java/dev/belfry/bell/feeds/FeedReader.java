package dev.belfry.bell.feeds;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.history.JobLog;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One reader of a log: a position and a filter. At the end of the log it is fed from the
 * ring, behind it from the table, by the same filter; replay and live are one path. It
 * reads on only when it is asked for more, so under load a batch carries all that came
 * meanwhile.
 */
final class FeedReader {

	/**
	 * With all that a bell shows of an entry, a batch stays below 64 KiB, where some
	 * clients stop reading a frame.
	 */
	static final int MOST_ENTRIES = 50;

	/** Less than the 15 s that the contract gives, by a beat of the feed. */
	private static final Duration LONGEST_SILENCE = Duration.ofSeconds(9);

	private final AccountId account;

	private final AccountFeed feed;

	private final JobLog jobs;

	private final JobFilter filter;

	/** The position up to which the log was read. */
	private long position;

	/** The position at which the last step began. */
	private long steppedFrom = -1;

	/** The position up to which the subscriber has batches. */
	private long delivered;

	private long deliveredAt = System.nanoTime();

	/** Whether the next batch is sent even if it is empty. */
	private boolean first;

	FeedReader(AccountId account, AccountFeed feed, JobLog jobs, JobFilter filter, long since, boolean first) {
		this.account = account;
		this.feed = feed;
		this.jobs = jobs;
		this.filter = filter;
		this.position = since;
		this.delivered = since;
		this.first = first;
	}

	Flux<JobBatch> batches() {
		return this.feed.news().concatMap((head) -> catchUp(), 1);
	}

	private Flux<JobBatch> catchUp() {
		if (!this.first && !isBehind() && !isSilentTooLong()) {
			return Flux.empty();
		}
		return Mono.defer(this::step).repeat(this::getsOn);
	}

	/**
	 * Whether there is more, and the last step came nearer to it: not if the database has
	 * lost what the feed knows of.
	 */
	private boolean getsOn() {
		boolean stands = this.position == this.steppedFrom;
		this.steppedFrom = this.position;
		return isBehind() && !stands;
	}

	private boolean isBehind() {
		return this.position < this.feed.head().position();
	}

	/** The next range; empty if there is nothing to send. */
	private Mono<JobBatch> step() {
		List<LogEntry> recent = this.feed.recent(this.position, MOST_ENTRIES);
		return (recent != null) ? Mono.justOrEmpty(fromRing(recent))
				: this.feed.reach(this.position).then(Mono.defer(this::stepBehind));
	}

	private Mono<JobBatch> stepBehind() {
		List<LogEntry> recent = this.feed.recent(this.position, MOST_ENTRIES);
		return (recent != null) ? Mono.justOrEmpty(fromRing(recent))
				: this.jobs.after(this.account, this.position, this.filter, MOST_ENTRIES)
					.flatMap((step) -> Mono.justOrEmpty(fromTable(step)));
	}

	private @Nullable JobBatch fromRing(List<LogEntry> recent) {
		List<JobNotification> matching = recent.stream()
			.filter((entry) -> this.filter.matches(entry.notification(), entry.words()))
			.map(LogEntry::notification)
			.toList();
		long end = recent.isEmpty() ? this.position : recent.get(recent.size() - 1).position();
		return batch(matching, end, null);
	}

	private @Nullable JobBatch fromTable(JobLog.Step step) {
		LogHead head = step.head();
		boolean gap = head.floor() > this.position;
		return batch(step.entries(), step.to(), gap ? head.floor() : null);
	}

	private @Nullable JobBatch batch(List<JobNotification> entries, long end, @Nullable Long floor) {
		this.position = end;
		boolean worthIt = this.first || !entries.isEmpty() || floor != null || isSilentTooLong();
		if (!worthIt) {
			return null;
		}
		Long missedFrom = (floor != null) ? this.delivered : null;
		JobBatch batch = new JobBatch(entries, (floor != null) ? floor : this.delivered, end, missedFrom, isBehind());
		this.first = false;
		this.delivered = end;
		this.deliveredAt = System.nanoTime();
		return batch;
	}

	private boolean isSilentTooLong() {
		return this.delivered < this.position && System.nanoTime() - this.deliveredAt > LONGEST_SILENCE.toNanos();
	}

}
