package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.belfry.events.log.EventLog;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The entries of both logs of an account. */
@Component
public class Entries {

	private final RecordedJobs jobs;

	private final EventLog events;

	Entries(RecordedJobs jobs, EventLog events) {
		this.jobs = jobs;
		this.events = events;
	}

	/** Those that retention has not removed. */
	public Mono<List<Entry>> at(AccountId account, Collection<Cause> causes) {
		List<Long> jobs = positions(causes, LogName.JOBS);
		List<Long> events = positions(causes, LogName.EVENTS);
		Mono<List<RecordedJob>> completed = jobs.isEmpty() ? Mono.just(List.of()) : this.jobs.at(account, jobs);
		Mono<Map<Long, PlatformEvent>> happened = events.isEmpty() ? Mono.just(Map.of())
				: this.events.byPositions(account, events);
		return Mono.zip(completed, happened,
				(found, others) -> Stream
					.<Entry>concat(found.stream().map(Entry.Job::new), others.values().stream().map(Entry.Event::new))
					.toList());
	}

	/**
	 * The entries of a type that were logged before an instant, oldest first, at most so
	 * many.
	 * @param from only those that were logged at this instant or later
	 * @param position of those that were logged at this instant, only the ones after it
	 */
	public Mono<List<Entry>> ofType(AccountId account, String eventType, Instant from, long position, Instant to,
			int most) {
		return (PlatformEvent.logOf(eventType) == LogName.JOBS)
				? this.jobs.between(account, from, position, to, most)
					.map((found) -> found.stream().<Entry>map(Entry.Job::new).toList())
				: this.events.ofType(account, eventType, from, position, to, most)
					.map((found) -> found.stream().<Entry>map(Entry.Event::new).toList());
	}

	private static List<Long> positions(Collection<Cause> causes, LogName log) {
		return causes.stream().filter((cause) -> cause.log() == log).map(Cause::position).toList();
	}

}
