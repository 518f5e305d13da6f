package dev.belfry.alerts.overdue;

import java.time.Duration;

import org.springframework.context.ApplicationContext;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The timer of a node that schedules nothing by itself. */
public final class OverdueNode {

	private OverdueNode() {
	}

	/** Looks for overdue jobs from now on. */
	public static Disposable look(ApplicationContext node, Duration interval) {
		OverdueTimer timer = node.getBean(OverdueTimer.class);
		return Flux.interval(interval)
			.onBackpressureDrop()
			.concatMap((turn) -> timer.look().onErrorComplete(), 1)
			.subscribe();
	}

}
