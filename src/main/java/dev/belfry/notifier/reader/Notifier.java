package dev.belfry.notifier.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Outages;
import dev.belfry.events.intake.EventsPublished;
import dev.belfry.jobs.log.JobsRecorded;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.matching.AccountLease;
import dev.belfry.notifier.matching.LeaseWithRules;
import dev.belfry.notifier.matching.RulesCache;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Follows the logs of all accounts: whenever something was recorded here, and every now
 * and then for what other nodes recorded or left behind. A round takes up all accounts
 * with something new together, so an account without rules costs next to nothing.
 */
@Component
class Notifier implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Notifier.class);

	private static final int MOST_ACCOUNTS = 500;

	/** What is recorded meanwhile goes into the same round. */
	private static final Duration GATHER = Duration.ofMillis(50);

	private static final int AT_ONCE = 4;

	/**
	 * A round that takes longer is given up, as one of which a fatal error has taken the
	 * end; its leases are over by then.
	 */
	private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

	private final String node = UUID.randomUUID().toString();

	private final NotifierStore store;

	private final RulesCache rules;

	private final EntryPages pages;

	private final Evaluator evaluator;

	private final NotifierSettings settings;

	private volatile @Nullable Running running;

	private volatile boolean failing;

	Notifier(NotifierStore store, RulesCache rules, EntryPages pages, Evaluator evaluator, NotifierSettings settings) {
		this.store = store;
		this.rules = rules;
		this.pages = pages;
		this.evaluator = evaluator;
		this.settings = settings;
	}

	@EventListener({ JobsRecorded.class, EventsPublished.class })
	void onNews() {
		Running rounds = this.running;
		if (rounds != null) {
			rounds.news().tryEmitNext(true);
		}
	}

	@Override
	public void start() {
		if (!this.settings.enabled()) {
			return;
		}
		Sinks.Many<Boolean> news = Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(1));
		Flux<?> polls = Flux.interval(this.settings.pollInterval()).onBackpressureDrop();
		this.running = new Running(news,
				Flux.merge(news.asFlux(), polls)
					.concatMap((signal) -> Mono.delay(GATHER).then(rounds()), 1)
					.subscribe());
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	/** A commit that is under way goes on to its end. */
	@Override
	public void stop(Runnable stopped) {
		Running rounds = this.running;
		this.running = null;
		if (rounds == null) {
			stopped.run();
			return;
		}
		rounds.work().dispose();
		this.store.giveBack(this.node).onErrorComplete().doFinally((signal) -> stopped.run()).subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/** Rounds until there is nothing more to do. Never fails. */
	private Mono<Void> rounds() {
		return Mono.defer(this::round)
			.timeout(LONGEST_ROUND)
			.doOnNext((more) -> this.failing = false)
			.repeat()
			.takeUntil((more) -> !more)
			.then()
			.onErrorResume((problem) -> {
				report(problem);
				return Mono.empty();
			});
	}

	private void report(Throwable problem) {
		if (!this.failing) {
			Outages.report(log, "The logs could not be evaluated; nothing is lost, and the next round tries again",
					problem);
		}
		this.failing = true;
	}

	/** Answers whether there is more. */
	private Mono<Boolean> round() {
		return this.store.next(this.node, MOST_ACCOUNTS)
			.flatMap((all) -> all.isEmpty() ? Mono.just(false) : round(all));
	}

	private Mono<Boolean> round(List<AccountLease> all) {
		return Flux.fromIterable(all)
			.flatMap(this.rules::governing, AT_ONCE)
			.collectList()
			.flatMap(this::evaluate)
			.map((moved) -> all.size() == MOST_ACCOUNTS || moved.stream().anyMatch((lease) -> !lease.isAtItsEnd()));
	}

	/** Answers where the leases got to. */
	private Mono<List<AccountLease>> evaluate(List<LeaseWithRules> all) {
		List<AccountLease> idle = all.stream()
			.filter(Predicate.not(LeaseWithRules::isWorthReading))
			.map(LeaseWithRules::lease)
			.toList();
		List<LeaseWithRules> busy = all.stream().filter(LeaseWithRules::isWorthReading).toList();
		return this.pages.of(busy)
			.flatMap((pages) -> Flux.fromIterable(busy)
				.flatMap((leased) -> evaluate(leased, Objects.requireNonNull(pages.get(leased.lease().account()))),
						AT_ONCE)
				.collectList())
			.flatMap((results) -> finish(idle, results));
	}

	private Mono<Result> evaluate(LeaseWithRules leased, List<Entry> entries) {
		return this.evaluator.evaluate(leased, entries).onErrorResume((problem) -> {
			report(leased.lease(), problem);
			return Mono.empty();
		});
	}

	private static void report(AccountLease lease, Throwable problem) {
		String what = "The log of account " + lease.account().value() + " could not be evaluated beyond completion "
				+ lease.jobPosition() + " and event " + lease.eventPosition() + "; the next round tries again";
		if (Outages.isUnavailable(problem)) {
			Outages.report(log, what, problem);
		}
		else {
			log.error(what, problem);
		}
	}

	private Mono<List<AccountLease>> finish(List<AccountLease> idle, List<Result> results) {
		List<AccountLease> done = new ArrayList<>(idle.stream().map(AccountLease::atItsEnd).toList());
		results.stream().filter(Predicate.not(Result::committed)).map(Result::lease).forEach(done::add);
		List<AccountLease> moved = new ArrayList<>(done);
		results.stream().filter(Result::committed).map(Result::lease).forEach(moved::add);
		return this.store.done(done).thenReturn(moved);
	}

	/** From a start to its stop: the work, and what wakes it. */
	private record Running(Sinks.Many<Boolean> news, Disposable work) {
	}

	/**
	 * Where a lease got to.
	 *
	 * @param committed whether that is stored already, with its e-mails
	 */
	record Result(AccountLease lease, boolean committed) {
	}

}
