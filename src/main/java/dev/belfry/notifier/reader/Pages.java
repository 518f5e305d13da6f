package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.events.log.PlatformEvent;
import dev.belfry.events.log.RecordedEvent;
import dev.belfry.events.log.RecordedEvents;
import dev.belfry.jobs.log.JobsAsEvents;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.matching.Governed;
import dev.belfry.notifier.matching.Turn;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The next entries of many accounts, in one statement for each log. */
@Component
class Pages {

	/** How many entries of a log are evaluated in one transaction. */
	static final int MOST = 200;

	private final RecordedJobs jobs;

	private final JobsAsEvents jobEvents;

	private final RecordedEvents events;

	Pages(RecordedJobs jobs, JobsAsEvents jobEvents, RecordedEvents events) {
		this.jobs = jobs;
		this.jobEvents = jobEvents;
		this.events = events;
	}

	/**
	 * The entries of each account: those of a log in its order. What was recorded after
	 * the turn began may be under rules that it does not know, and is left to the next.
	 */
	Mono<Map<AccountId, List<Entry>>> of(List<Governed> all) {
		Mono<Map<AccountId, Collection<Entry>>> jobs = this.jobs
			.after(positions(all, Governed::readsJobs, Turn::jobPosition), MOST)
			.flatMap((found) -> entries(all, found));
		Mono<List<RecordedEvent>> events = this.events.after(positions(all, Governed::readsEvents, Turn::eventPosition),
				MOST);
		return Mono.zip(jobs, events, (completions, others) -> {
			Map<AccountId, List<Entry>> entries = new HashMap<>();
			all.forEach((governed) -> entries.put(governed.turn().account(), new ArrayList<>()));
			completions.forEach((account, found) -> of(entries, account).addAll(found));
			others.forEach((event) -> of(entries, event.account()).add(new Entry.Event(event.event())));
			all.forEach((governed) -> of(entries, governed.turn().account())
				.removeIf((entry) -> !governed.turn().saw(entry)));
			return entries;
		});
	}

	/** Completions, as events where an alert looks at them. */
	private Mono<Map<AccountId, Collection<Entry>>> entries(List<Governed> all, List<RecordedJob> found) {
		Set<AccountId> alerted = all.stream()
			.filter(Governed::alertsOfJobs)
			.map((governed) -> governed.turn().account())
			.collect(Collectors.toSet());
		Map<AccountId, List<RecordedJob>> jobs = found.stream().collect(Collectors.groupingBy(RecordedJob::account));
		return Flux.fromIterable(jobs.entrySet())
			.flatMapSequential(
					(of) -> asEvents(of, alerted.contains(of.getKey())).flatMapIterable((events) -> of.getValue()
						.stream()
						.map((job) -> Map.entry(of.getKey(),
								(Entry) new Entry.Job(job, events.get(job.notification().position()))))
						.toList()))
			.collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Map<Long, PlatformEvent>> asEvents(Map.Entry<AccountId, List<RecordedJob>> jobs, boolean alerted) {
		return alerted ? this.jobEvents.of(jobs.getKey(), jobs.getValue()) : Mono.just(Map.of());
	}

	private static List<Entry> of(Map<AccountId, List<Entry>> entries, AccountId account) {
		return Objects.requireNonNull(entries.get(account));
	}

	private static Map<AccountId, Long> positions(List<Governed> all, Predicate<Governed> wanted,
			ToLongFunction<Turn> position) {
		return all.stream()
			.filter(wanted)
			.map(Governed::turn)
			.collect(Collectors.toMap(Turn::account, position::applyAsLong));
	}

}
