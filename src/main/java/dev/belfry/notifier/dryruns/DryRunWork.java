package dev.belfry.notifier.dryruns;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.belfry.notifier.entries.Entry;

/**
 * A dry run that is going on: in slices, after each of which others have their turn and
 * it looks whether it may go on.
 */
final class DryRunWork {

	/** After so long, and the entry that it is at, others have their turn. */
	private static final Duration SLICE = Duration.ofMillis(20);

	/** It tells how far it is no more often than this. */
	private static final Duration TOLD = Duration.ofMillis(500);

	private final DryRun run;

	private final Scheduler scheduler;

	private final Duration limit;

	private final long begun = System.nanoTime();

	private long toldAt = this.begun;

	private long read;

	private volatile boolean allRead;

	/**
	 * Work that begins now.
	 * @param scheduler where it looks at entries
	 * @param limit how long it may take
	 */
	DryRunWork(DryRun run, Scheduler scheduler, Duration limit) {
		this.run = run;
		this.scheduler = scheduler;
		this.limit = limit;
	}

	/** How far it is, now and then, and its result. */
	Flux<AlertDryRun> over(Flux<List<Entry>> pages) {
		return pages.doOnComplete(() -> this.allRead = true)
			.takeUntilOther(Mono.delay(this.limit))
			.concatMap(this::consider, 0)
			.concatWith(Mono.fromSupplier(this::end));
	}

	private Flux<AlertDryRun> consider(List<Entry> page) {
		this.read += page.size();
		Iterator<Entry> left = page.iterator();
		return Mono.fromCallable(() -> slice(left))
			.subscribeOn(this.scheduler)
			.repeat(() -> left.hasNext() && !hasPassed(this.limit, this.begun));
	}

	/** How far it is then; null if that was told just now. */
	private @Nullable AlertDryRun slice(Iterator<Entry> left) {
		long now = System.nanoTime();
		this.run.consider(left, () -> !hasPassed(SLICE, now));
		if (!hasPassed(TOLD, this.toldAt)) {
			return null;
		}
		this.toldAt = System.nanoTime();
		return this.run.soFar();
	}

	private AlertDryRun end() {
		boolean complete = this.allRead && this.run.considered() == this.read;
		return this.run.end(complete ? null
				: "The dry run reached its limit of " + this.limit.toSeconds() + " seconds. Choose a shorter period.");
	}

	private static boolean hasPassed(Duration time, long since) {
		return System.nanoTime() - since >= time.toNanos();
	}

}
