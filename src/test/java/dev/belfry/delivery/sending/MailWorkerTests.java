package dev.belfry.delivery.sending;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.loops.TestLoops;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** The worker's threads: that they start, wake and stop as they should. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailWorkerTests {

	private final BlockingQueue<StoredEmail> handed = new LinkedBlockingQueue<>();

	private TestOutbox test;

	private AccountId account;

	private MailWorker worker;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(10_000);
	}

	@AfterAll
	void close() {
		this.test.close();
	}

	@BeforeEach
	void createAccount() {
		this.test.clear();
		this.handed.clear();
		this.account = this.test.account();
	}

	@AfterEach
	void stopWorker() throws Exception {
		stop().get(20, TimeUnit.SECONDS);
	}

	@Test
	void sendsAtOnceWhatIsQueuedOnThisNode() throws InterruptedException {
		startWorker(2, Duration.ofHours(1), (email) -> ScriptedMailer.SENT);
		for (int i = 0; i < 5; i++) {
			this.test.queue(this.account, "person-" + i + "@x.example");

			assertThat(next().address()).isEqualTo("person-" + i + "@x.example");
		}
	}

	@Test
	void findsWhatAnotherNodeQueued() throws InterruptedException {
		startWorker(2, Duration.ofMillis(50), (email) -> ScriptedMailer.SENT);
		this.test.listen((queued) -> {
		});

		this.test.queue(this.account, "a@x.example");

		assertThat(next().address()).isEqualTo("a@x.example");
	}

	@Test
	void sendsOnThreadsOfItsOwnAndOnNoMoreThanItMay() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		BlockingQueue<String> threads = new LinkedBlockingQueue<>();
		this.test.queue(this.account, "a@1.example", "b@2.example", "c@3.example", "d@4.example", "e@5.example");
		startWorker(3, Duration.ofMillis(20), (email) -> {
			threads.add(Thread.currentThread().getName());
			await(go);
			return ScriptedMailer.SENT;
		});
		for (int i = 0; i < 3; i++) {
			next();
		}

		assertThat(this.handed.poll(200, TimeUnit.MILLISECONDS)).isNull();
		assertThat(threads).containsExactlyInAnyOrder("mail-sender-1", "mail-sender-2", "mail-sender-3");
		go.countDown();
		next();
		next();
	}

	@Test
	void waitsWhenItStopsForWhatIsInHandAndBeginsNothingMore() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		startWorker(1, Duration.ofMillis(20), (email) -> {
			await(go);
			return ScriptedMailer.SENT;
		});
		this.test.queue(this.account, "a@x.example", "b@x.example", "c@x.example");
		next();

		CompletableFuture<Void> stopped = stop();

		assertThat(this.worker.isRunning()).isFalse();
		assertThat(stopped).isNotDone();
		go.countDown();
		stopped.get(20, TimeUnit.SECONDS);
		assertThat(this.handed).isEmpty();
		assertThat(this.test.states(this.account)).containsExactlyInAnyOrder(DeliveryState.SENT, DeliveryState.PENDING,
				DeliveryState.PENDING);
		assertThat(this.test.sender(new ScriptedMailer(), 8, Clock.systemUTC()).take()).hasSize(2)
			.extracting(ClaimedEmail::attempt)
			.containsOnly(1);
	}

	@Test
	void goesOnAfterAStartThatFollowsAStop() throws Exception {
		startWorker(1, Duration.ofHours(1), (email) -> ScriptedMailer.SENT);
		stop().get(20, TimeUnit.SECONDS);
		this.test.queue(this.account, "a@x.example");
		assertThat(this.handed).isEmpty();

		this.worker.start();

		assertThat(next().address()).isEqualTo("a@x.example");
	}

	@Test
	void sendsThousandsEachOnce() throws Exception {
		startWorker(8, Duration.ofMillis(200), (email) -> ScriptedMailer.SENT);
		for (int i = 0; i < 10; i++) {
			this.test.backlog(this.test.account(), "d" + i + ".example", 100);
		}
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			ids.add(next().messageId());
		}

		stop().get(20, TimeUnit.SECONDS);
		assertThat(this.handed).isEmpty();
		assertThat(ids).doesNotHaveDuplicates();
	}

	private void startWorker(int threads, Duration poll, Function<StoredEmail, AttemptOutcome> relay) {
		OutboxSettings settings = TestOutbox.settings(10_000, threads, poll);
		ScriptedMailer mailer = new ScriptedMailer().answering((email) -> {
			this.handed.add(email);
			return relay.apply(email);
		});
		this.worker = new MailWorker(this.test.sender(mailer, threads, Clock.systemUTC()), settings,
				TestLoops.create());
		this.test.listen(this.worker::look);
		this.worker.start();
	}

	private CompletableFuture<Void> stop() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.worker.stop(() -> stopped.complete(null));
		return stopped;
	}

	private StoredEmail next() throws InterruptedException {
		StoredEmail email = this.handed.poll(20, TimeUnit.SECONDS);
		assertThat(email).isNotNull();
		return email;
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
