package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.events.log.EventLog;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobsAsEvents;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What an account has stored of a type of events, read in short steps: each is a
 * statement of its own, so no snapshot outlives a page.
 */
@Component
public class StoredEntries {

	/** A page has no more entries than this. */
	public static final int MOST = 500;

	private final EventLog events;

	private final RecordedJobs jobs;

	private final JobsAsEvents jobEvents;

	private final RightOfWay way;

	public StoredEntries(EventLog events, RecordedJobs jobs, JobsAsEvents jobEvents, RightOfWay way) {
		this.events = events;
		this.jobs = jobs;
		this.jobEvents = jobEvents;
		this.way = way;
	}

	/**
	 * The entries that were logged from an instant on and before another, oldest first,
	 * page by page. While one is looked at, the next is read, and no other.
	 */
	public Flux<List<Entry>> of(AccountId account, String eventType, Instant from, Instant to) {
		return page(account, eventType, new Reached(from, 0), to)
			.expand((page) -> (page.size() < MOST) ? Mono.empty() : page(account, eventType, Reached.by(page), to));
	}

	/** The next of them, when intake lets it. */
	public Mono<List<Entry>> page(AccountId account, String eventType, Reached reached, Instant to) {
		return this.way.forAStep().then(Mono.defer(() -> read(account, eventType, reached, to)));
	}

	private Mono<List<Entry>> read(AccountId account, String eventType, Reached reached, Instant to) {
		return (PlatformEvent.logOf(eventType) == LogName.JOBS) ? jobs(account, reached, to)
				: this.events.ofType(account, eventType, reached.at(), reached.position(), to, MOST)
					.map((found) -> found.stream().<Entry>map(Entry.Event::new).toList());
	}

	private Mono<List<Entry>> jobs(AccountId account, Reached reached, Instant to) {
		return this.jobs.between(account, reached.at(), reached.position(), to, MOST)
			.flatMap((found) -> this.jobEvents.of(account, found)
				.map((events) -> found.stream()
					.<Entry>map((job) -> new Entry.Job(job, events.get(job.notification().position())))
					.toList()));
	}

	/**
	 * Up to where a log is read.
	 *
	 * @param at everything before is
	 * @param position and of what was logged at the same instant, everything up to here
	 */
	public record Reached(Instant at, long position) {

		static Reached by(List<Entry> page) {
			Entry last = page.get(page.size() - 1);
			return new Reached(last.recordedAt(), last.position());
		}

	}

}
