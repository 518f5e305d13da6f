package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;

import dev.belfry.work.FairGate;
import dev.belfry.work.FairGate.Pass;
import dev.belfry.work.Headroom;
import dev.belfry.work.JustBegun;
import dev.belfry.work.Limit;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The places of operations that run. Most are over in some milliseconds and need a
 * processor for most of that time, so few of those that have just begun run at a time:
 * more would take longer each. What runs on after that waits, for the database or for a
 * row that is locked; its place among those is free again, and of such a node has many.
 */
final class Places {

	/** An operation that has run for so long counts as one that waits. */
	private static final Duration JUST_BEGUN = Duration.ofMillis(100);

	private final FairGate all;

	private final FairGate begun;

	private final Headroom headroom;

	Places(AdmissionSettings settings, Headroom headroom, MeterRegistry meters) {
		this.headroom = headroom;
		FairGate.Bounds all = settings.bounds();
		FairGate.Bounds begun = settings.boundsOfBeginning();
		Limit limit = new Limit("belfry.requests", meters);
		String refusal = "This node has more to do than it can answer soon: it runs at most " + all.all()
				+ " operations at a time (belfry.requests.running), " + all.ofOne()
				+ " of one account (belfry.requests.account-running), and " + begun.all()
				+ " that began just now (belfry.requests.beginning). Nothing was done; try again later.";
		this.all = new FairGate("belfry.requests", all, refusal, limit, meters);
		this.begun = new FairGate("belfry.requests.beginning", begun, refusal, limit, meters).restingFor(headroom);
	}

	/** Lets an operation begin, which has to leave. Fails with a refusal. */
	Mono<Place> enter(String who) {
		return this.all.enter(who).flatMap((pass) -> begin(who, pass));
	}

	private Mono<Place> begin(String who, Pass pass) {
		AtomicBoolean begins = new AtomicBoolean();
		return this.begun.enter(who).map((begun) -> {
			begins.set(true);
			return new Place(pass, begun);
		}).doOnError((refused) -> pass.leave()).doOnCancel(() -> {
			if (!begins.get()) {
				pass.leave();
			}
		});
	}

	/** Of an operation that runs. */
	final class Place implements Pass, JustBegun {

		private final Pass pass;

		private final Pass begun;

		private final long since = System.nanoTime();

		private final Disposable end;

		private Place(Pass pass, Pass begun) {
			this.pass = pass;
			this.begun = begun;
			this.end = Schedulers.parallel().schedule(begun::leave, JUST_BEGUN.toNanos(), TimeUnit.NANOSECONDS);
		}

		@Override
		public void waits() {
			this.end.dispose();
			this.begun.leave();
		}

		@Override
		public void leave() {
			waits();
			this.pass.leave();
			Places.this.headroom.answered(System.nanoTime() - this.since);
		}

	}

}
