package dev.belfry.notifier.reader;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.RulesCache;
import dev.belfry.notifier.matching.TurnWithRules;
import dev.belfry.viewer.AccountId;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Follows the logs of the accounts of this node's buckets. It looks for accounts with
 * something new: at once among those of which something was recorded here, and every now
 * and then among all, for what other nodes recorded. Each of them gets a turn, several at
 * once; nobody waits for the slowest. An account whose turns fail is set aside, for
 * longer each time.
 */
@Component
class Notifier implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Notifier.class);

	/** What is recorded meanwhile is looked for together. */
	private static final Duration APART = Duration.ofMillis(50);

	/** Accounts that wait for their turn, or have it. */
	private static final int MOST_ACCOUNTS = 500;

	/** With at most some MB each. */
	private static final int AT_ONCE = 16;

	/**
	 * A turn that takes longer is given up, as one of which a fatal error has taken the
	 * end.
	 */
	private static final Duration LONGEST_TURN = Duration.ofMinutes(2);

	private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

	private final NotifierStore store;

	private final RulesCache rules;

	private final EntryPages pages;

	private final Evaluator evaluator;

	private final NotifierSettings settings;

	private final @Nullable BucketShare share;

	private final Loop looks;

	/** Accounts that are known to have something new. */
	private final Set<AccountId> news = ConcurrentHashMap.newKeySet();

	/** When all accounts are to be looked at again. */
	private volatile long allAt = System.nanoTime();

	private volatile @Nullable Running running;

	Notifier(NotifierStore store, RulesCache rules, EntryPages pages, Evaluator evaluator, NotifierSettings settings,
			Buckets buckets, Loops loops) {
		this.store = store;
		this.rules = rules;
		this.pages = pages;
		this.evaluator = evaluator;
		this.settings = settings;
		this.looks = loops.make(LoopPlan
			.every(settings.pollInterval(), "notifier",
					"The logs could not be evaluated; nothing is lost, and the next look tries again")
			.first(settings.pollInterval())
			.apart(APART)
			.within(LONGEST_LOOK), this::look);
		this.share = settings.enabled() ? buckets.join("notifier", this::onShare) : null;
	}

	@EventListener
	void onRecorded(JobsRecorded jobs) {
		onNews(jobs.account());
	}

	@EventListener
	void onPublished(EventsPublished events) {
		onNews(events.account());
	}

	private void onNews(AccountId account) {
		if (this.running != null) {
			this.news.add(account);
			this.looks.wake();
		}
	}

	/** More accounts than before are this node's. */
	private void onShare() {
		this.allAt = System.nanoTime();
		this.looks.wake();
	}

	@Override
	public void start() {
		if (this.share != null) {
			Running now = new Running(this.share);
			this.running = now;
			now.start();
			this.looks.start();
		}
	}

	/** A commit that is under way goes on to its end. */
	@Override
	public void stop() {
		this.looks.stop();
		Running now = this.running;
		this.running = null;
		this.news.clear();
		if (now != null) {
			now.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/**
	 * Answers whether more is known to wait: entries, or all of it, if another turn was
	 * faster.
	 */
	private Mono<Boolean> turn(AccountTurn turn) {
		return apart(this.rules.governing(turn)
			.flatMap((withRules) -> withRules.isWorthReading() ? read(withRules)
					: this.store.done(withRules, turn.atItsEnd()).map((moved) -> !moved)))
			.timeout(LONGEST_TURN, Mono.error(() -> new IllegalStateException("No end after " + LONGEST_TURN)))
			.onErrorResume((problem) -> setAside(turn, problem));
	}

	/** A turn whose cost the account has chosen is noted before: it may end the node. */
	private Mono<Boolean> read(TurnWithRules withRules) {
		AccountTurn turn = withRules.turn();
		if (turn.tries() > 1) {
			log.warn("Account {} has begun {} turns that came to no good end; it goes on one entry at a time",
					turn.account().value(), turn.tries());
		}
		Mono<Long> begun = withRules.hasAlerts() ? this.store.begin(turn) : Mono.just(turn.number());
		return begun.flatMap(
				(number) -> this.pages.of(withRules).flatMap((entries) -> this.evaluator.evaluate(withRules, entries)))
			.defaultIfEmpty(true);
	}

	private Mono<Boolean> setAside(AccountTurn turn, Throwable problem) {
		String what = "The log of account " + turn.account().value() + " could not be evaluated beyond completion "
				+ turn.jobPosition() + " and event " + turn.eventPosition();
		if (Outages.isUnavailable(problem) && !Outages.isOutOfTime(problem)) {
			Outages.report(log, what + "; nothing is lost, and it is tried again", problem);
			return this.store.broken(turn).thenReturn(false).onErrorReturn(false);
		}
		log.error("{}; the account is set aside for a while, and the others go on", what, problem);
		return this.store.failed(turn, String.valueOf(problem)).thenReturn(false).onErrorReturn(false);
	}

	/** Gives a turn to accounts with something new. */
	private Mono<Void> look() {
		Running now = this.running;
		return (now != null && now.hasRoom()) ? due(now).doOnNext((due) -> due.forEach(now::add)).then() : Mono.empty();
	}

	/** Those of which a look that fails has lost sight are found among all. */
	private Mono<List<AccountTurn>> due(Running now) {
		if (System.nanoTime() - this.allAt >= 0) {
			this.allAt = System.nanoTime() + this.settings.pollInterval().toNanos();
			return this.store.due(now.share.mine(), MOST_ACCOUNTS);
		}
		List<AccountId> some = this.news.stream().limit(MOST_ACCOUNTS).toList();
		some.forEach(this.news::remove);
		List<AccountId> free = some.stream().filter((account) -> !now.putOff(account)).toList();
		return free.isEmpty() ? Mono.empty() : this.store.due(now.share.mine(), free);
	}

	/**
	 * What is thrown out of a turn, also a fatal error, is the end of that turn alone.
	 */
	private static <T> Mono<T> apart(Mono<T> turn) {
		return Mono.create((sink) -> {
			try {
				sink.onDispose(turn.subscribe(sink::success, sink::error, sink::success));
			}
			catch (Throwable thrown) {
				sink.error(thrown);
			}
		});
	}

	/** From a start to its stop. */
	private final class Running {

		private final BucketShare share;

		/**
		 * Accounts that wait for their turn or have it, and whether one is to be looked
		 * at again at its end. Both are known in one step, so that what comes while a
		 * turn ends is left to one of the two.
		 */
		private final Map<AccountId, Boolean> accounts = new ConcurrentHashMap<>();

		private final Sinks.Many<AccountTurn> turns = Sinks.many().unicast().onBackpressureBuffer();

		private @Nullable Disposable work;

		Running(BucketShare share) {
			this.share = share;
		}

		void start() {
			this.work = this.turns.asFlux().flatMap(this::have, AT_ONCE, 1).subscribe();
		}

		void stop() {
			if (this.work != null) {
				this.work.dispose();
			}
		}

		private boolean hasRoom() {
			return this.accounts.size() <= MOST_ACCOUNTS / 2 && !this.share.isEmpty();
		}

		/**
		 * Puts a look at an account off to the end of its turn, if it has one, and
		 * answers whether it does: nothing is due of it before, since a turn that has
		 * begun keeps it from having another.
		 */
		private boolean putOff(AccountId account) {
			return this.accounts.computeIfPresent(account, (same, again) -> true) != null;
		}

		private void add(AccountTurn turn) {
			boolean hasOne = this.accounts.merge(turn.account(), false, (again, first) -> true);
			if (!hasOne) {
				give(turn);
			}
		}

		/** Nobody takes it any more once this has stopped, perhaps during a look. */
		private void give(AccountTurn turn) {
			Sinks.EmitResult given = this.turns.tryEmitNext(turn);
			if (given != Sinks.EmitResult.FAIL_CANCELLED) {
				given.orThrow();
			}
		}

		private Mono<Void> have(AccountTurn turn) {
			return turn(turn).doOnSuccess((more) -> {
				boolean again = Boolean.TRUE.equals(this.accounts.remove(turn.account()));
				if (again || more) {
					Notifier.this.news.add(turn.account());
					Notifier.this.looks.wakeAtOnce();
				}
				if (this.accounts.size() == MOST_ACCOUNTS / 2) {
					Notifier.this.allAt = System.nanoTime();
					Notifier.this.looks.wakeAtOnce();
				}
			}).then();
		}

	}

}
