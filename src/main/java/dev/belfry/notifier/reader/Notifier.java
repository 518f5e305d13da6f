package dev.belfry.notifier.reader;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.buckets.BucketShare;
import dev.belfry.buckets.Buckets;
import dev.belfry.database.connections.Outages;
import dev.belfry.events.intake.EventsPublished;
import dev.belfry.jobs.log.JobsRecorded;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.RulesCache;
import dev.belfry.notifier.matching.TurnWithRules;
import dev.belfry.viewer.AccountId;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Follows the logs of the accounts of this node's buckets: whenever something was
 * recorded here, and every now and then for what other nodes recorded. It looks for
 * accounts with something new, and each of them gets a turn, several at once; nobody
 * waits for the slowest. An account whose turns fail is set aside, for longer each time.
 */
@Component
class Notifier implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Notifier.class);

	/** What is recorded meanwhile is looked for together. */
	private static final Duration GATHER = Duration.ofMillis(50);

	/** Accounts that wait for their turn, or have it. */
	private static final int MOST_ACCOUNTS = 500;

	/** With at most some MB each. */
	private static final int AT_ONCE = 16;

	/**
	 * A turn that takes longer is given up, as one of which a fatal error has taken the
	 * end.
	 */
	private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

	private final NotifierStore store;

	private final RulesCache rules;

	private final EntryPages pages;

	private final Evaluator evaluator;

	private final NotifierSettings settings;

	private final @Nullable BucketShare share;

	private volatile @Nullable Running running;

	private volatile boolean failing;

	Notifier(NotifierStore store, RulesCache rules, EntryPages pages, Evaluator evaluator, NotifierSettings settings,
			Buckets buckets) {
		this.store = store;
		this.rules = rules;
		this.pages = pages;
		this.evaluator = evaluator;
		this.settings = settings;
		this.share = settings.enabled() ? buckets.join("notifier", this::onNews) : null;
	}

	@EventListener({ JobsRecorded.class, EventsPublished.class })
	void onNews() {
		Running now = this.running;
		if (now != null) {
			now.lookSoon();
		}
	}

	@Override
	public void start() {
		if (this.share != null) {
			Running now = new Running(this.share);
			this.running = now;
			now.start();
		}
	}

	/** A commit that is under way goes on to its end. */
	@Override
	public void stop() {
		Running now = this.running;
		this.running = null;
		if (now != null) {
			now.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/** Answers whether more entries of the account wait. */
	private Mono<Boolean> turn(AccountTurn turn) {
		return this.rules.governing(turn)
			.flatMap((withRules) -> withRules.isWorthReading() ? read(withRules)
					: this.store.done(withRules, turn.atItsEnd()).thenReturn(false))
			.timeout(LONGEST_TURN)
			.onErrorResume((problem) -> setAside(turn, problem));
	}

	/** A turn whose cost the account has chosen is noted before: it may end the node. */
	private Mono<Boolean> read(TurnWithRules withRules) {
		AccountTurn turn = withRules.turn();
		if (turn.tries() > 0) {
			log.warn("Account {} has begun {} turns that came to no good end; it goes on one entry at a time",
					turn.account().value(), turn.tries());
		}
		Mono<Long> begun = withRules.hasAlerts() ? this.store.begin(turn) : Mono.just(turn.number());
		return begun.flatMap(
				(number) -> this.pages.of(withRules).flatMap((entries) -> this.evaluator.evaluate(withRules, entries)))
			.defaultIfEmpty(false);
	}

	private Mono<Boolean> setAside(AccountTurn turn, Throwable problem) {
		String what = "The log of account " + turn.account().value() + " could not be evaluated beyond completion "
				+ turn.jobPosition() + " and event " + turn.eventPosition();
		if (Outages.isUnavailable(problem)) {
			Outages.report(log, what + "; nothing is lost, and it is tried again", problem);
			return Mono.just(false);
		}
		log.error("{}; the account is set aside for a while, and the others go on", what, problem);
		return this.store.failed(turn, String.valueOf(problem)).thenReturn(false).onErrorReturn(false);
	}

	private void report(Throwable problem) {
		if (!this.failing) {
			Outages.report(log, "The logs could not be evaluated; nothing is lost, and the next look tries again",
					problem);
		}
		this.failing = true;
	}

	/** From a start to its stop. */
	private final class Running {

		private final BucketShare share;

		/** Of accounts that wait for their turn or have it. */
		private final Set<AccountId> accounts = ConcurrentHashMap.newKeySet();

		private final Sinks.Many<AccountTurn> turns = Sinks.many().unicast().onBackpressureBuffer();

		private final Sinks.Many<Duration> looks = Sinks.many()
			.unicast()
			.onBackpressureBuffer(new ArrayBlockingQueue<>(1));

		private final Disposable.Composite work = Disposables.composite();

		Running(BucketShare share) {
			this.share = share;
		}

		void start() {
			this.work.add(this.turns.asFlux().flatMap(this::have, AT_ONCE, 1).subscribe());
			Flux<Duration> polls = Flux.interval(Notifier.this.settings.pollInterval())
				.onBackpressureDrop()
				.map((tick) -> Duration.ZERO);
			this.work.add(Flux.merge(this.looks.asFlux(), polls)
				.concatMap((pause) -> Mono.delay(pause).then(look()), 1)
				.subscribe());
		}

		void lookSoon() {
			this.looks.tryEmitNext(GATHER);
		}

		void stop() {
			this.work.dispose();
		}

		/** Finds accounts with something new. Never fails. */
		private Mono<Void> look() {
			if (this.accounts.size() > MOST_ACCOUNTS / 2 || this.share.isEmpty()) {
				return Mono.empty();
			}
			return Notifier.this.store.due(this.share.mine(), MOST_ACCOUNTS)
				.doOnNext((due) -> due.stream()
					.filter((turn) -> this.accounts.add(turn.account()))
					.forEach((turn) -> this.turns.tryEmitNext(turn).orThrow()))
				.doOnNext((due) -> Notifier.this.failing = false)
				.then()
				.onErrorResume((problem) -> {
					report(problem);
					return Mono.empty();
				});
		}

		private Mono<Void> have(AccountTurn turn) {
			return turn(turn).doOnSuccess((more) -> this.accounts.remove(turn.account())).doOnNext((more) -> {
				if (more || this.accounts.size() == MOST_ACCOUNTS / 2) {
					this.looks.tryEmitNext(Duration.ZERO);
				}
			}).then();
		}

	}

}
