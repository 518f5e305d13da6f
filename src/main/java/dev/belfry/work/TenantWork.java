package dev.belfry.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;
import dev.belfry.work.FairQueue.Task;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads for work whose cost accounts choose: conditions, templates, large calls. They
 * serve accounts by how much these have used, so one account's work keeps that of others
 * waiting for no longer than what is at hand; and no event loop, timer or driver waits
 * for any of it. A task should be short, at most some 100 ms: what is longer comes in
 * parts.
 */
@Component
@EnableConfigurationProperties(WorkSettings.class)
public final class TenantWork implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(TenantWork.class);

	private final FairQueue<AccountId, Runnable> queue;

	private final List<Thread> threads = new ArrayList<>();

	TenantWork(WorkSettings settings, MeterRegistry meters) {
		int size = settings.size();
		this.queue = new FairQueue<>(Math.max(1, size - 1));
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
		return Schedulers.fromExecutor((task) -> {
			if (!this.queue.add(account, task)) {
				throw new RejectedExecutionException("The node stops");
			}
		});
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

	private void run(Task<AccountId, Runnable> task) {
		long begun = System.nanoTime();
		try {
			task.work().run();
		}
		catch (Throwable problem) {
			// Whatever it is, the thread is there for the others.
			log.error("Work of account {} ended with a fault of ours", task.account().value(), problem);
		}
		finally {
			this.queue.done(task, System.nanoTime() - begun);
		}
	}

	/** What is at hand goes on to its end. */
	@Override
	public void close() {
		this.queue.close();
	}

}
