package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.events.log.EventLog;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.TurnWithRules;
import reactor.core.publisher.Mono;

/** The next entries of an account. */
@Component
class EntryPages {

	/** How many entries of a log are evaluated in one transaction. */
	static final int MOST = 200;

	/** No more events follow once their payloads have as many bytes together. */
	private static final long MOST_BYTES = 1_000_000;

	private final RecordedJobs jobs;

	private final EventLog events;

	EntryPages(RecordedJobs jobs, EventLog events) {
		this.jobs = jobs;
		this.events = events;
	}

	/**
	 * Those of each log in its order. What was recorded after the turn began may be under
	 * rules that it does not know, and is left to the next. A turn that follows one of
	 * which nothing was heard again has one of each log.
	 */
	Mono<List<Entry>> of(TurnWithRules withRules) {
		int most = (withRules.turn().tries() > 0) ? 1 : MOST;
		return Mono.zip(jobs(withRules, most), events(withRules, most), (jobs, events) -> {
			List<Entry> entries = new ArrayList<>();
			jobs.forEach((job) -> entries.add(new Entry.Job(job)));
			events.forEach((event) -> entries.add(new Entry.Event(event)));
			entries.removeIf((entry) -> !withRules.turn().saw(entry));
			return entries;
		});
	}

	private Mono<List<RecordedJob>> jobs(TurnWithRules withRules, int most) {
		AccountTurn turn = withRules.turn();
		if (!withRules.reads(LogName.JOBS)) {
			return Mono.just(List.of());
		}
		return this.jobs.after(turn.account(), turn.jobPosition(), most)
			.flatMap((jobs) -> withRules.alertsOfJobs() ? this.jobs.asEvents(turn.account(), jobs) : Mono.just(jobs));
	}

	private Mono<List<PlatformEvent>> events(TurnWithRules withRules, int most) {
		AccountTurn turn = withRules.turn();
		return withRules.reads(LogName.EVENTS)
				? this.events.after(turn.account(), turn.eventPosition(), most, MOST_BYTES) : Mono.just(List.of());
	}

}
