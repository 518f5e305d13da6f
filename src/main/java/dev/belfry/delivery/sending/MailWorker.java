package dev.belfry.delivery.sending;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
import dev.belfry.loops.Loop;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.start.SteadyClock;
import dev.belfry.work.Headroom;
import reactor.core.publisher.Mono;

/**
 * Sends the outbox's e-mails in loops whose turns block: one that claims, a bounded
 * number that hand over, and one that records what came of it, together for all of an
 * account that ended while it was recording others. It looks for more when something was
 * queued on this node, when a sender has become free, and from time to time. Stopping
 * waits for what is in hand, as long as the shutdown's phase lets it.
 */
@Component
class MailWorker implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(MailWorker.class);

	private final @Nullable Work work;

	@Autowired
	MailWorker(MailQueue queue, ObjectProvider<Mailer> mailer, UnsubscribeTokens tokens, MailMeters meters,
			OutboxSettings settings, Headroom headroom, Clock clock, Loops loops) {
		this(sender(queue, mailer.getIfAvailable(), tokens, meters, settings, headroom, clock), settings, loops);
		if (this.work != null) {
			queue.join(this.work.claims::wake);
		}
	}

	MailWorker(@Nullable Sender sender, OutboxSettings settings, Loops loops) {
		this.work = (sender != null) ? new Work(sender, settings, loops) : null;
	}

	private static @Nullable Sender sender(MailQueue queue, @Nullable Mailer mailer, UnsubscribeTokens tokens,
			MailMeters meters, OutboxSettings settings, Headroom headroom, Clock clock) {
		return (mailer == null || settings.threads() < 1) ? null
				: new Sender(queue, mailer, tokens, meters, settings, headroom, new SteadyClock(clock));
	}

	@EventListener
	void look(MailQueued queued) {
		if (this.work != null) {
			this.work.claims.wake();
		}
	}

	@Override
	public void start() {
		if (this.work != null) {
			this.work.start();
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable stopped) {
		if (isRunning() && this.work != null) {
			this.work.stop(stopped);
		}
		else {
			stopped.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.work != null && this.work.running;
	}

	/** The loops, and what they hand to each other. */
	private static final class Work {

		private static final Duration LONGEST_CLAIM = Duration.ofMinutes(2);

		/** The relay has its own limits, for each step. */
		private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(15);

		private static final Duration LONGEST_RECORD = Duration.ofMinutes(10);

		private final Sender sender;

		private final OutboxSettings settings;

		private final Loop claims;

		private final List<Loop> senders = new ArrayList<>();

		private final Loop records;

		private final BlockingQueue<ClaimedEmail> claimed = new LinkedBlockingQueue<>();

		private final BlockingQueue<FinishedAttempt> ended = new LinkedBlockingQueue<>();

		private volatile boolean running;

		private long tickedAt;

		Work(Sender sender, OutboxSettings settings, Loops loops) {
			this.sender = sender;
			this.settings = settings;
			this.claims = loops.make(
					plan("mail claims", "E-mails cannot be claimed from the outbox, and wait").within(LONGEST_CLAIM),
					() -> Mono.fromRunnable(this::claim));
			for (int number = 1; number <= settings.threads(); number++) {
				this.senders.add(loops.make(plan("mail sender " + number, "An e-mail could not be handed to the relay")
					.within(LONGEST_ATTEMPT), () -> Mono.fromRunnable(this::send)));
			}
			this.records = loops
				.make(plan("mail records", "Attempts could not be recorded; their e-mails may be sent again")
					.within(LONGEST_RECORD), () -> Mono.fromRunnable(this::record));
		}

		private LoopPlan plan(String name, String failure) {
			return LoopPlan.every(this.settings.pollInterval(), name, failure);
		}

		void start() {
			this.running = true;
			this.tickedAt = System.nanoTime() - this.settings.pollInterval().toNanos();
			this.records.start();
			this.senders.forEach(Loop::start);
			this.claims.start();
		}

		private void claim() {
			boolean tick = System.nanoTime() - this.tickedAt >= this.settings.pollInterval().toNanos();
			if (tick) {
				this.tickedAt = System.nanoTime();
				this.sender.tick();
			}
			this.sender.take().forEach(this::handOver);
		}

		private void handOver(ClaimedEmail mail) {
			this.claimed.add(mail);
			wakeSenders();
		}

		/** One that is free has a turn now, and any other one more after this. */
		private void wakeSenders() {
			this.senders.stream().anyMatch(Loop::wake);
		}

		/** What a stop finds claimed is given back. */
		private void send() {
			ClaimedEmail mail = this.running ? this.claimed.poll() : null;
			if (mail != null) {
				try {
					this.ended.add(this.sender.send(mail));
					this.records.wake();
				}
				finally {
					this.claims.wake();
					if (!this.claimed.isEmpty()) {
						wakeSenders();
					}
				}
			}
		}

		private void record() {
			List<FinishedAttempt> all = new ArrayList<>();
			this.ended.drainTo(all);
			if (!all.isEmpty()) {
				this.sender.record(all);
				this.claims.wake();
			}
		}

		/** What is in hand is waited for beside the caller. */
		void stop(Runnable stopped) {
			this.running = false;
			this.claims.finish(() -> finishSenders(() -> {
				giveBack();
				this.records.finish(stopped);
			}));
		}

		private void finishSenders(Runnable finished) {
			AtomicInteger left = new AtomicInteger(this.senders.size());
			this.senders.forEach((each) -> each.finish(() -> {
				if (left.decrementAndGet() == 0) {
					finished.run();
				}
			}));
		}

		private void giveBack() {
			List<ClaimedEmail> rest = new ArrayList<>();
			this.claimed.drainTo(rest);
			try {
				if (!rest.isEmpty()) {
					this.sender.giveBack(rest);
				}
			}
			catch (RuntimeException problem) {
				Outages.report(log, "E-mails could not be given back, and wait for the end of their lease", problem);
			}
		}

	}

}
