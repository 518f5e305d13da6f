package dev.belfry.notifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.events.RecordedEvents;
import dev.belfry.jobs.RecordedJobs;
import reactor.core.publisher.Mono;

/** The next entries of many accounts, in one statement for each log. */
@Component
class Pages {

	/** How many entries of a log are evaluated in one transaction. */
	static final int MOST = 200;

	private final RecordedJobs jobs;

	private final RecordedEvents events;

	Pages(RecordedJobs jobs, RecordedEvents events) {
		this.jobs = jobs;
		this.events = events;
	}

	/**
	 * The entries of each account: those of a log in its order. What was recorded after
	 * the turn began may be under rules that it does not know, and is left to the next.
	 */
	Mono<Map<AccountId, List<Entry>>> of(List<Governed> all) {
		return Mono.zip(this.jobs.after(positions(all, Governed::readsJobs, Turn::jobPosition), MOST),
				this.events.after(positions(all, Governed::readsEvents, Turn::eventPosition), MOST), (jobs, events) -> {
					Map<AccountId, List<Entry>> entries = new HashMap<>();
					all.forEach((governed) -> entries.put(governed.turn().account(), new ArrayList<>()));
					jobs.forEach((job) -> of(entries, job.account()).add(new Entry.Job(job)));
					events.forEach((event) -> of(entries, event.account()).add(new Entry.Event(event.event())));
					all.forEach((governed) -> of(entries, governed.turn().account())
						.removeIf((entry) -> !governed.turn().saw(entry)));
					return entries;
				});
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
