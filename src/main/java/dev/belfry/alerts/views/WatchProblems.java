package dev.belfry.alerts.views;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.overdue.WatchedJobs;
import dev.belfry.alerts.rules.AlertVersion;
import reactor.core.publisher.Mono;

/** Finds problems of watched jobs: never completed, or too rarely. */
@Component
public class WatchProblems {

	private final WatchedJobs jobs;

	WatchProblems(WatchedJobs jobs) {
		this.jobs = jobs;
	}

	/** What is wrong with what an alert watches; nothing if all is well. */
	public Mono<WatchProblem> of(AlertView alert) {
		OverdueWatch watch = alert.inForce().alert().watch();
		return (watch == null) ? Mono.empty()
				: alert.together()
					.read(WatchProblems.class, (all) -> this.jobs.of(alert.account(), AlertVersion.watches(all)))
					.mapNotNull((known) -> WatchProblem.of(watch, known));
	}

}
