package dev.belfry.embedded.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
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
 * Completes a job or publishes an event every few seconds, now in one account and now in
 * the other.
 */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoActivity {

	private static final Logger log = LoggerFactory.getLogger(DemoActivity.class);

	private static final int LEAST_MILLIS = 2_000;

	private static final int MOST_MILLIS = 6_000;

	private static final int JOBS_TO_AN_EVENT = 3;

	private final JobIntake intake;

	private final EventIntake events;

	private final Clock clock;

	private final boolean wanted;

	DemoActivity(JobIntake intake, EventIntake events, Clock clock,
			@Value("${belfry.demo.activity:true}") boolean wanted) {
		this.intake = intake;
		this.events = events;
		this.clock = clock;
		this.wanted = wanted;
	}

	Flux<?> of(Map<DemoAccount, AccountId> accounts) {
		return this.wanted ? Mono.defer(() -> act(accounts)).repeat() : Flux.empty();
	}

	private Mono<?> act(Map<DemoAccount, AccountId> accounts) {
		RandomGenerator random = ThreadLocalRandom.current();
		Map.Entry<DemoAccount, AccountId> account = any(List.copyOf(accounts.entrySet()), random);
		return Mono.delay(Duration.ofMillis(random.nextInt(LEAST_MILLIS, MOST_MILLIS)))
			.then(Mono.defer(() -> (random.nextInt(JOBS_TO_AN_EVENT + 1) > 0)
					? this.intake.record(account.getValue(), List.of(run(account.getKey())))
					: this.events.publish(account.getValue(), List.of(event(account.getKey())))))
			.doOnError((problem) -> log.debug("The demo platform could not report what happened", problem))
			.onErrorComplete();
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
