package dev.belfry.alerts.overdue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Outages;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks from time to time for jobs that are overdue, and logs an event for each, once a
 * silence. It remembers nothing: what is overdue is read from when jobs completed last,
 * and what was told of from the log of events.
 */
@Component
class OverdueTimer {

	private static final Logger log = LoggerFactory.getLogger(OverdueTimer.class);

	private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

	private final OverdueJobs jobs;

	private final Heartbeat heartbeat;

	private final EventIntake intake;

	OverdueTimer(OverdueJobs jobs, Heartbeat heartbeat, EventIntake intake, OverdueSettings settings, Loops loops) {
		this.jobs = jobs;
		this.heartbeat = heartbeat;
		this.intake = intake;
		loops.run(LoopPlan
			.every(settings.overdueInterval(), "overdue jobs",
					"The check for overdue jobs failed; the next run tries again")
			.first(settings.overdueInterval())
			.within(LONGEST_LOOK), this::look);
	}

	/** Logs what is overdue by the database's clock. */
	Mono<Long> look() {
		return this.heartbeat.beat().flatMap(this::look);
	}

	/**
	 * Logs what is overdue by then and answers how many events that were. What another
	 * node has logged meanwhile is known by its id.
	 */
	Mono<Long> look(Instant now) {
		return this.jobs.find(now)
			.collect(Collectors.groupingBy(OverdueJob::account))
			.flatMapMany((found) -> Flux.fromIterable(found.entrySet()))
			.concatMap((found) -> publish(found.getKey(), found.getValue(), now))
			.reduce(0L, Long::sum);
	}

	/** A failure is retried at the next run, and does not affect the others. */
	private Mono<Long> publish(AccountId account, List<OverdueJob> overdue, Instant now) {
		List<NewEvent> events = overdue.stream().map((job) -> job.event(now)).toList();
		return this.intake.publish(account, events)
			.map((published) -> published.stream().filter((event) -> event.status() == RecordStatus.RECORDED).count())
			.onErrorResume((problem) -> {
				Outages.report(log, "The overdue jobs of account " + account.value()
						+ " could not be recorded; the next run tries again", problem);
				return Mono.just(0L);
			});
	}

}
