package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.events.log.RecordedEvent;
import dev.belfry.events.log.RecordedEvents;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.matching.AccountLease;
import dev.belfry.notifier.matching.LeaseWithRules;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The next entries of many accounts, in one statement for each log. */
@Component
class EntryPages {

	/** How many entries of a log are evaluated in one transaction. */
	static final int MOST = 200;

	private final RecordedJobs jobs;

	private final RecordedEvents events;

	EntryPages(RecordedJobs jobs, RecordedEvents events) {
		this.jobs = jobs;
		this.events = events;
	}

	/**
	 * The entries of each account: those of a log in its order. What was recorded after
	 * the lease began may be under rules that it does not know, and is left to the next.
	 */
	Mono<Map<AccountId, List<Entry>>> of(List<LeaseWithRules> all) {
		Mono<List<RecordedJob>> jobs = this.jobs
			.after(positions(all, LeaseWithRules::readsJobs, AccountLease::jobPosition), MOST)
			.flatMap((found) -> asEvents(all, found));
		Mono<List<RecordedEvent>> events = this.events
			.after(positions(all, LeaseWithRules::readsEvents, AccountLease::eventPosition), MOST);
		return Mono.zip(jobs, events, (completions, others) -> {
			Map<AccountId, List<Entry>> entries = new HashMap<>();
			all.forEach((leased) -> entries.put(leased.lease().account(), new ArrayList<>()));
			completions.forEach((job) -> of(entries, job.account()).add(new Entry.Job(job)));
			others.forEach((event) -> of(entries, event.account()).add(new Entry.Event(event.event())));
			all.forEach(
					(leased) -> of(entries, leased.lease().account()).removeIf((entry) -> !leased.lease().saw(entry)));
			return entries;
		});
	}

	/** Completions, as events too where an alert looks at them. */
	private Mono<List<RecordedJob>> asEvents(List<LeaseWithRules> all, List<RecordedJob> found) {
		Map<AccountId, List<RecordedJob>> jobs = found.stream().collect(Collectors.groupingBy(RecordedJob::account));
		return Flux.fromIterable(all)
			.filter((leased) -> jobs.containsKey(leased.lease().account()))
			.flatMapSequential((leased) -> asEvents(leased, of(jobs, leased.lease().account())))
			.flatMapIterable((ofOne) -> ofOne)
			.collectList();
	}

	private Mono<List<RecordedJob>> asEvents(LeaseWithRules leased, List<RecordedJob> jobs) {
		return leased.alertsOfJobs() ? this.jobs.asEvents(leased.lease().account(), jobs) : Mono.just(jobs);
	}

	private static <T> List<T> of(Map<AccountId, List<T>> all, AccountId account) {
		return Objects.requireNonNull(all.get(account));
	}

	private static Map<AccountId, Long> positions(List<LeaseWithRules> all, Predicate<LeaseWithRules> wanted,
			ToLongFunction<AccountLease> position) {
		return all.stream()
			.filter(wanted)
			.map(LeaseWithRules::lease)
			.collect(Collectors.toMap(AccountLease::account, position::applyAsLong));
	}

}
