package dev.belfry.notifier.entries;

import java.time.Duration;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.events.intake.EventsPublished;
import dev.belfry.jobs.log.JobsRecorded;
import reactor.core.publisher.Mono;

/**
 * Intake has the right of way: while this node takes entries in, work that nobody loses
 * anything by goes in short steps with pauses in between.
 */
@Component
public class IntakePriority {

	/** For so long after something was logged, more may be on its way. */
	private static final Duration NEAR = Duration.ofMillis(100);

	private static final Duration PAUSE = Duration.ofMillis(30);

	private volatile long clearAt = System.nanoTime();

	@EventListener({ JobsRecorded.class, EventsPublished.class })
	void onLogged() {
		this.clearAt = System.nanoTime() + NEAR.toNanos();
	}

	/** Completes when a short step may be done: at once, or after a pause. */
	Mono<Void> forAStep() {
		return Mono.defer(() -> (this.clearAt - System.nanoTime() > 0) ? Mono.delay(PAUSE).then() : Mono.empty());
	}

}
