package dev.belfry.embedded.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.jobs.intake.JobCompletion;
import dev.belfry.jobs.intake.JobIntake;
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Completes a job or publishes an event every few seconds, now in one account and now in
 * the other.
 */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoActivity implements DisposableBean {

	private static final Duration LEAST_PAUSE = Duration.ofSeconds(2);

	private static final int MOST_MILLIS_MORE = 4_000;

	private static final int JOBS_TO_AN_EVENT = 3;

	private final JobIntake intake;

	private final EventIntake events;

	private final Clock clock;

	private final boolean wanted;

	private final Loop loop;

	private volatile Map<DemoAccount, AccountId> accounts = Map.of();

	DemoActivity(JobIntake intake, EventIntake events, Clock clock,
			@Value("${belfry.demo.activity:true}") boolean wanted, Loops loops) {
		this.intake = intake;
		this.events = events;
		this.clock = clock;
		this.wanted = wanted;
		this.loop = loops.make(
				LoopPlan.every(LEAST_PAUSE, "demo platform", "The demo platform could not report what happened"),
				this::act);
	}

	void start(Map<DemoAccount, AccountId> accounts) {
		if (this.wanted) {
			this.accounts = accounts;
			this.loop.start();
		}
	}

	@Override
	public void destroy() {
		this.loop.stop();
	}

	private Mono<?> act() {
		RandomGenerator random = ThreadLocalRandom.current();
		Map.Entry<DemoAccount, AccountId> account = any(List.copyOf(this.accounts.entrySet()), random);
		return Mono.delay(Duration.ofMillis(random.nextInt(MOST_MILLIS_MORE)))
			.then(Mono.defer(() -> (random.nextInt(JOBS_TO_AN_EVENT + 1) > 0)
					? this.intake.record(account.getValue(), List.of(run(account.getKey())))
					: this.events.publish(account.getValue(), List.of(event(account.getKey())))));
	}

	private NewEvent event(DemoAccount account) {
		return DemoEvent.any(account, this.clock.instant().truncatedTo(ChronoUnit.SECONDS),
				ThreadLocalRandom.current());
	}

	private JobCompletion run(DemoAccount account) {
		RandomGenerator random = ThreadLocalRandom.current();
		DemoIntegration integration = any(DemoIntegration.of(account), random);
		DemoOperation operation = any(List.copyOf(integration.everyHours().keySet()), random);
		return new DemoRun(integration, operation, random.nextLong()).endedAt("live-" + UUID.randomUUID(),
				this.clock.instant().truncatedTo(ChronoUnit.SECONDS), false);
	}

	private static <T> T any(List<T> choices, RandomGenerator random) {
		return choices.get(random.nextInt(choices.size()));
	}

}
