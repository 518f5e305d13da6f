package dev.belfry.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.intake.JobIntake;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Records what happened in a demo account before the first start, with the times at which
 * it happened. Repeating it changes nothing.
 */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoPast {

	/** How often a platform reports what has happened. */
	private static final Duration BATCH = Duration.ofHours(2);

	private final JobIntake jobs;

	private final EventIntake events;

	DemoPast(JobIntake jobs, EventIntake events) {
		this.jobs = jobs;
		this.events = events;
	}

	/** All jobs that ended in the meantime. Answers how many. */
	Mono<Integer> recordJobs(DemoAccount account, AccountId id, Instant from, Instant to) {
		List<JobCompletion> runs = new DemoHistory(account).between(from, to);
		return Flux.fromIterable(batches(runs, (run) -> run.job().finishedAt()))
			.concatMap((batch) -> this.jobs.recordAsOf(id, batch, batch.get(batch.size() - 1).job().finishedAt()))
			.then(Mono.just(runs.size()));
	}

	/** All orders that came in the meantime. */
	Mono<Void> publishOrders(DemoAccount account, AccountId id, Instant from, Instant to) {
		List<NewEvent> orders = new DemoHistory(account).ordersBetween(from, to);
		return Flux.fromIterable(batches(orders, NewEvent::occurredAt))
			.concatMap((batch) -> this.events.publishAsOf(id, batch, batch.get(batch.size() - 1).occurredAt()))
			.then();
	}

	/** Each is recorded as of its last item. */
	private static <T> Collection<List<T>> batches(List<T> inOrder, Function<T, Instant> time) {
		return inOrder.stream()
			.collect(Collectors.groupingBy((each) -> time.apply(each).getEpochSecond() / BATCH.toSeconds(),
					TreeMap::new, Collectors.toList()))
			.values();
	}

}
