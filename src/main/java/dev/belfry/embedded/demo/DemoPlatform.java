package dev.belfry.embedded.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.embedded.postgres.DataDirectory;
import dev.belfry.viewer.AccountId;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The platform of the demo: it registers the accounts before Belfry is ready, then tells
 * what happened in the weeks before, and from there on completes a job now and then.
 */
@Component
@ConditionalOnBooleanProperty("belfry.embedded")
class DemoPlatform implements ApplicationRunner, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(DemoPlatform.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration HISTORY = Duration.ofDays(42);

	/** What the people of the demo find unread. */
	private static final Duration NEWS = Duration.ofHours(8);

	private final DemoAccounts accounts;

	private final DemoSettings settings;

	private final DemoAlerts alerts;

	private final DemoPast past;

	private final DemoActivity activity;

	private final Path recorded;

	private final Clock clock;

	private final Map<DemoAccount, AccountId> ids = new EnumMap<>(DemoAccount.class);

	private volatile Disposable running = Disposables.disposed();

	DemoPlatform(DemoAccounts accounts, DemoSettings settings, DemoAlerts alerts, DemoPast past, DemoActivity activity,
			DataDirectory data, Clock clock) {
		this.accounts = accounts;
		this.settings = settings;
		this.alerts = alerts;
		this.past = past;
		this.activity = activity;
		this.recorded = data.resolve("demo-history-told");
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		for (DemoAccount account : DemoAccount.values()) {
			AccountId id = this.accounts.register(account).block(PATIENCE);
			if (id != null) {
				this.ids.put(account, id);
			}
		}
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		this.running = Mono.fromCallable(() -> Files.exists(this.recorded))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((done) -> done ? Mono.<Void>empty() : recordHistory())
			.doOnSuccess((done) -> this.activity.start(this.ids))
			.subscribe(null, (problem) -> log.warn("The demo platform has stopped: {}", problem.toString()));
	}

	@Override
	public void destroy() {
		this.running.dispose();
	}

	private Mono<Void> recordHistory() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		return Flux.fromIterable(this.ids.entrySet())
			.flatMap((each) -> recordHistory(each.getKey(), each.getValue(), now))
			.reduce(Integer::sum)
			.doOnNext((runs) -> log.info("The demo accounts have {} job notifications of the past six weeks", runs))
			.publishOn(Schedulers.boundedElastic())
			.flatMap((runs) -> Mono.fromCallable(this::remember))
			.then();
	}

	/**
	 * The orders of the last hours come after the alerts, so that these match some.
	 */
	private Mono<Integer> recordHistory(DemoAccount account, AccountId id, Instant now) {
		Instant news = now.minus(NEWS);
		Instant begin = now.minus(HISTORY);
		return this.past.recordJobs(account, id, begin, news)
			.delayUntil((old) -> this.past.publishOrders(account, id, begin, news))
			.delayUntil((old) -> this.accounts.registerPeople(account, id))
			.flatMap((old) -> this.past.recordJobs(account, id, news, now).map((recent) -> old + recent))
			.delayUntil((runs) -> this.settings.choose(account, id))
			.delayUntil((runs) -> this.alerts.make(account, id))
			.delayUntil((runs) -> this.past.publishOrders(account, id, news, now));
	}

	private Path remember() throws IOException {
		return Files.writeString(this.recorded, this.clock.instant().toString());
	}

}
