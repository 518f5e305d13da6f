package dev.belfry.delivery.sending;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Outages;
import dev.belfry.delivery.outbox.MailMeters;
import dev.belfry.delivery.outbox.MailQueued;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.delivery.relay.Mailer;
import dev.belfry.delivery.suppression.UnsubscribeTokens;
import dev.belfry.start.SteadyClock;

/**
 * Sends the outbox's e-mails on threads of its own: one that claims, a bounded number
 * that hand over, and one that records what came of it, in one statement for all that
 * ended while it was recording others. It looks for more when something was queued on
 * this node, when a thread has become free, and from time to time. Stopping waits for
 * what is in hand, as long as the shutdown's phase lets it.
 */
@Component
class MailWorker implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(MailWorker.class);

	private final @Nullable Sender sender;

	private final OutboxSettings settings;

	private final Semaphore news = new Semaphore(0);

	private volatile @Nullable Threads running;

	@Autowired
	MailWorker(MailQueue queue, ObjectProvider<Mailer> mailer, UnsubscribeTokens tokens, MailMeters meters,
			OutboxSettings settings, Clock clock) {
		this(sender(queue, mailer.getIfAvailable(), tokens, meters, settings, clock), settings);
		if (this.sender != null) {
			queue.join(this.news::release);
		}
	}

	private static @Nullable Sender sender(MailQueue queue, @Nullable Mailer mailer, UnsubscribeTokens tokens,
			MailMeters meters, OutboxSettings settings, Clock clock) {
		return (mailer == null || settings.threads() < 1) ? null
				: new Sender(queue, mailer, tokens, meters, settings, new SteadyClock(clock));
	}

	MailWorker(@Nullable Sender sender, OutboxSettings settings) {
		this.sender = sender;
		this.settings = settings;
	}

	@EventListener
	void look(MailQueued queued) {
		this.news.release();
	}

	@Override
	public void start() {
		if (this.sender != null) {
			Threads threads = new Threads(this.sender, this.settings);
			this.running = threads;
			threads.start();
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable stopped) {
		Threads threads = this.running;
		this.running = null;
		if (threads == null) {
			stopped.run();
		}
		else {
			this.news.release();
			threads.end(stopped);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/** The threads between a start and its stop. */
	private final class Threads {

		private final Sender sender;

		private final OutboxSettings settings;

		private final Thread post;

		private final ExecutorService senders;

		private final ExecutorService records;

		private final BlockingQueue<FinishedAttempt> ended = new LinkedBlockingQueue<>();

		private boolean failing;

		Threads(Sender sender, OutboxSettings settings) {
			this.sender = sender;
			this.settings = settings;
			AtomicInteger number = new AtomicInteger();
			ThreadFactory threads = (work) -> daemon(work, "mail-" + number.incrementAndGet());
			this.senders = Executors.newFixedThreadPool(settings.threads(), threads);
			this.records = Executors.newSingleThreadExecutor((work) -> daemon(work, "mail-records"));
			this.post = daemon(this::run, "mail-claims");
		}

		void start() {
			this.post.start();
		}

		private void run() {
			long tickedAt = System.nanoTime() - this.settings.pollInterval().toNanos();
			while (isCurrent()) {
				boolean tick = System.nanoTime() - tickedAt >= this.settings.pollInterval().toNanos();
				tickedAt = tick ? System.nanoTime() : tickedAt;
				round(tick);
				await();
			}
		}

		private void round(boolean tick) {
			try {
				if (tick) {
					this.sender.tick();
				}
				begin(this.sender.take());
				this.failing = false;
			}
			catch (RuntimeException problem) {
				if (!this.failing) {
					Outages.report(log, "E-mails cannot be claimed from the outbox, and wait", problem);
				}
				this.failing = true;
			}
		}

		private void begin(List<ClaimedEmail> mails) {
			if (isCurrent()) {
				mails.forEach((mail) -> this.senders.execute(() -> send(mail)));
			}
			else if (!mails.isEmpty()) {
				this.sender.giveBack(mails);
			}
		}

		private void send(ClaimedEmail mail) {
			try {
				this.ended.add(this.sender.send(mail));
				this.records.execute(this::record);
			}
			finally {
				MailWorker.this.news.release();
			}
		}

		private void record() {
			List<FinishedAttempt> all = new ArrayList<>();
			this.ended.drainTo(all);
			if (!all.isEmpty()) {
				this.sender.record(all);
				MailWorker.this.news.release();
			}
		}

		private void await() {
			try {
				if (MailWorker.this.news.tryAcquire(this.settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
					MailWorker.this.news.drainPermits();
				}
			}
			catch (InterruptedException ended) {
				Thread.currentThread().interrupt();
			}
		}

		private boolean isCurrent() {
			return MailWorker.this.running == this && !Thread.currentThread().isInterrupted();
		}

		/** What is in hand is waited for beside the caller. */
		void end(Runnable stopped) {
			daemon(() -> {
				try {
					this.post.join();
					this.senders.shutdown();
					this.senders.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
					this.records.shutdown();
					this.records.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ended) {
					Thread.currentThread().interrupt();
				}
				stopped.run();
			}, "mail-stop").start();
		}

		private static Thread daemon(Runnable work, String name) {
			Thread thread = new Thread(work, name);
			thread.setDaemon(true);
			return thread;
		}

	}

}
