package dev.belfry.work;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import dev.belfry.work.FairQueue.Task;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads for work whose cost accounts choose: conditions, templates, large calls. They
 * serve accounts by how much these have used, so one account's work keeps that of others
 * waiting for no longer than what is at hand; and no event loop, timer or driver waits
 * for any of it. What can take longer than some 10 ms comes
 * {@linkplain #inParts(AccountId, BooleanSupplier) in parts}. Who has used much of late
 * rests between tasks while there is little {@linkplain Headroom headroom}.
 */
@Component
@EnableConfigurationProperties(WorkSettings.class)
public final class TenantWork implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(TenantWork.class);

	/** In nanoseconds. What comes of the work must not depend on it. */
	private static final long PART = 10_000_000;

	private final FairQueue<String, Runnable> queue;

	private final Headroom headroom;

	private final List<Thread> threads = new ArrayList<>();

	TenantWork(WorkSettings settings, Headroom headroom, MeterRegistry meters) {
		this.headroom = headroom;
		int size = settings.size();
		this.queue = new FairQueue<>(settings.shares());
		Gauge.builder("belfry.work.waiting", this.queue, FairQueue::waiting)
			.description("How many tasks of accounts wait for a thread")
			.register(meters);
		for (int number = 1; number <= size; number++) {
			Thread thread = new Thread(this::serve, "tenant-work-" + number);
			thread.setDaemon(true);
			thread.start();
			this.threads.add(thread);
		}
	}

	/** Where the work of an account runs. */
	public Scheduler of(AccountId account) {
		return of(Long.toString(account.value()));
	}

	/**
	 * Where what a viewer asks runs.
	 * @param otherwise whose turn it is if the viewer is of no account
	 */
	public Scheduler of(Viewer viewer, String otherwise) {
		return (viewer.account() != null) ? of(viewer.accountId()) : of(otherwise);
	}

	/** Where work runs that is of no account, or of one that is not known yet. */
	public Scheduler of(String caller) {
		return Schedulers.fromExecutor((task) -> {
			if (!this.queue.add(caller, task)) {
				throw new RejectedExecutionException("The node stops");
			}
		});
	}

	/**
	 * Does what can be long in parts of some 10 ms each; between two of them others have
	 * their turn.
	 * @param step does a little, and answers whether there is more
	 */
	public Mono<Void> inParts(AccountId account, BooleanSupplier step) {
		return Mono.defer(() -> {
			AtomicBoolean more = new AtomicBoolean();
			return Mono.fromRunnable(() -> more.set(part(step))).subscribeOn(of(account)).repeat(more::get).then();
		});
	}

	/** Likewise, a little with each of many. */
	public <T> Mono<Void> inParts(AccountId account, Iterable<? extends T> all, Consumer<? super T> work) {
		return Mono.defer(() -> {
			Iterator<? extends T> left = all.iterator();
			return inParts(account, () -> {
				if (!left.hasNext()) {
					return false;
				}
				work.accept(left.next());
				return true;
			});
		});
	}

	private static boolean part(BooleanSupplier step) {
		long begun = System.nanoTime();
		boolean more = step.getAsBoolean();
		while (more && System.nanoTime() - begun < PART) {
			more = step.getAsBoolean();
		}
		return more;
	}

	private void serve() {
		try {
			while (true) {
				run(this.queue.take());
			}
		}
		catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
	}

	private void run(Task<String, Runnable> task) {
		long begun = System.nanoTime();
		try {
			task.work().run();
		}
		catch (Throwable problem) {
			// Whatever it is, the thread is there for the others.
			log.error("Work of account {} ended with a fault of ours", task.account(), problem);
		}
		finally {
			long took = System.nanoTime() - begun;
			if (task.ofGreedy()) {
				this.headroom.restAfter(took);
			}
			this.queue.done(task, took);
		}
	}

	/** What is at hand goes on to its end. */
	@Override
	public void close() {
		this.queue.close();
	}

}
