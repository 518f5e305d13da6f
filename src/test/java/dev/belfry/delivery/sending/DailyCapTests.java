package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.caps.DailyCap;
import dev.belfry.delivery.history.Delivery;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.testing.TestMail;
import dev.belfry.viewer.AccountId;

import static dev.belfry.delivery.outbox.DeliveryState.CANCELLED;
import static dev.belfry.delivery.outbox.DeliveryState.PENDING;
import static dev.belfry.delivery.outbox.DeliveryState.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

/** What is above the daily cap of an account is kept, and goes out on the next days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DailyCapTests {

	private static final int CAP = 5;

	private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private final ScriptedMailer mailer = new ScriptedMailer();

	private TestOutbox test;

	private AccountId account;

	private Sender sender;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(CAP);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void createAccount() {
		this.test.clear();
		this.test.clock.move(Duration.between(this.test.clock.instant(), START));
		this.account = this.test.account();
		this.mailer.handed().clear();
		this.sender = this.test.sender(this.mailer, 8);
	}

	@Test
	void sendsTheNextDayWhatIsAboveTheCap() {
		List<Long> ids = queue(1, 7);

		assertThat(this.test.drain(this.sender)).isEqualTo(5);
		assertThat(this.test.delivery(this.account, ids.get(5))).satisfies((waiting) -> {
			assertThat(waiting.state()).isEqualTo(PENDING);
			assertThat(waiting.capped()).isTrue();
			assertThat(waiting.answer()).contains("daily cap of 5 e-mails");
			assertThat(waiting.nextAttemptAt()).isEqualTo("2026-03-02T00:00:00Z");
		});
		assertThat(use()).isEqualTo(new DailyCap(5, 5, 2, Instant.parse("2026-03-02T00:00:00Z")));
		this.test.clock.move(Duration.ofHours(13));
		assertThat(this.test.drain(this.sender)).isZero();
		this.test.clock.move(Duration.ofHours(1));
		assertThat(this.test.drain(this.sender)).isEqualTo(2);
		assertThat(handed()).containsExactly(1, 2, 3, 4, 5, 6, 7);
		assertThat(use()).isEqualTo(new DailyCap(5, 2, 0, null));
	}

	@Test
	void sendsABacklogOfDaysOldestFirstAndWhatIsNewBehindIt() {
		List<Long> ids = queue(1, 17);
		List<Integer> sent = new ArrayList<>();
		for (int day = 0; day < 5; day++) {
			sent.add(this.test.drain(this.sender));
			this.test.clock.move(Duration.ofDays(1));
			if (day == 0) {
				queue(18, 19);
			}
		}

		assertThat(sent).containsExactly(5, 5, 5, 4, 0);
		assertThat(handed()).containsExactlyElementsOf(IntStream.rangeClosed(1, 19).boxed().toList());
		assertThat(this.test.delivery(this.account, ids.get(16)).attempts()).hasSize(1);
	}

	@Test
	void plansEachForTheDayThatIsLikely() {
		List<Long> ids = queue(1, 16);

		assertThat(List.of(5, 9, 10, 15))
			.extracting((place) -> this.test.delivery(this.account, ids.get(place)).nextAttemptAt())
			.extracting(Instant::toString)
			.containsExactly("2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z",
					"2026-03-04T00:00:00Z");
	}

	/** Four days of trying begin when it may be sent. */
	@Test
	void takesNoTimeToBeTriedInFromWhatWaits() {
		queue(1, 5);
		this.test.drain(this.sender);
		List<Long> ids = queue(6, 35);
		this.mailer.answering(ScriptedMailer.RETRY);

		this.test.clock.move(Duration.ofDays(6));
		for (int day = 0; day < 6; day++) {
			this.test.drain(this.sender);
			this.test.clock.move(Duration.ofDays(1));
		}

		assertThat(this.test.delivery(this.account, ids.get(29)).state()).isEqualTo(DeliveryState.RETRYING);
		this.mailer.answering(ScriptedMailer.SENT);
	}

	@Test
	void endsWhatWaitsWhenItIsSwitchedOffOrSuppressedOrErased() {
		List<Long> ids = queue(1, 7);
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "6@x.example", null));
		TestOutbox.wait(this.test.suppressions.erase(this.account, "7@x.example"));
		this.test.queue(this.account, Topic.global("OTHER"), new String[] { "8@x.example" });
		TestOutbox.wait(this.test.outbox.stop(this.account, List.of(Topic.global("OTHER"))));

		assertThat(this.test.states(this.account)).endsWith(SUPPRESSED, CANCELLED, CANCELLED);
		assertThat(use().waiting()).isZero();
		this.test.clock.move(Duration.ofDays(1));
		assertThat(this.test.drain(this.sender)).isEqualTo(5);
		assertThat(this.test.delivery(this.account, ids.get(5)).capped()).isFalse();
	}

	@Test
	void letsARetryWaitLikeAnyOther() {
		this.mailer.answering(ScriptedMailer.REFUSED);
		long failed = queue(1, 1).get(0);
		this.test.drain(this.sender);
		this.mailer.answering(ScriptedMailer.SENT);
		queue(2, 6);

		Delivery retried = TestOutbox.wait(this.test.deliveries.retry(this.account, failed));

		assertThat(retried.state()).isEqualTo(PENDING);
		assertThat(retried.capped()).isTrue();
		assertThat(this.test.drain(this.sender)).isEqualTo(4);
		this.test.clock.move(Duration.ofDays(1));
		assertThat(this.test.drain(this.sender)).isEqualTo(2);
		assertThat(handed()).containsExactly(1, 2, 3, 4, 5, 1, 6);
	}

	@Test
	void goesByTheCapOfTheAccount() {
		this.test.execute("update account set daily_email_cap = 2 where account_id = " + this.account.value());
		queue(1, 4);

		assertThat(this.test.drain(this.sender)).isEqualTo(2);
		assertThat(use()).isEqualTo(new DailyCap(2, 2, 2, Instant.parse("2026-03-02T00:00:00Z")));
		this.test.execute("update account set daily_email_cap = 3 where account_id = " + this.account.value());
		assertThat(this.test.drain(this.sender)).isEqualTo(1);
		this.test.execute("update account set daily_email_cap = 0 where account_id = " + this.account.value());
		this.test.clock.move(Duration.ofDays(1));
		assertThat(this.test.drain(this.sender)).isZero();
		this.test.execute("update account set daily_email_cap = null where account_id = " + this.account.value());
		assertThat(this.test.drain(this.sender)).isEqualTo(1);
		assertThat(handed()).containsExactly(1, 2, 3, 4);
	}

	@Test
	void sendsWhatDoesNotCountAtAnyTime() {
		queue(1, 6);

		TestOutbox.wait(this.test.outbox.queueUncounted(this.account,
				List.of(TestMail.email(Topic.DAILY_EMAIL_CAP, "9@x.example", this.test.clock.instant()))));

		assertThat(this.test.drain(this.sender)).isEqualTo(6);
		assertThat(use()).isEqualTo(new DailyCap(5, 5, 1, Instant.parse("2026-03-02T00:00:00Z")));
	}

	/** Whatever two nodes do, and in whatever order: each once, no day above the cap. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void keepsToTheCapWithTwoNodes(long seed) {
		Random random = new Random(seed);
		Sender other = this.test.sender(this.mailer, 3);
		int queued = 0;
		int before = 0;
		for (int day = 0; day < 8; day++) {
			for (int step = 0; step < 4; step++) {
				int more = (day < 4) ? random.nextInt(5) : 0;
				int from = queued + 1;
				queued += more;
				CompletableFuture<?> queues = CompletableFuture.runAsync(() -> queue(from, from + more - 1));
				CompletableFuture<?> sends = CompletableFuture.runAsync(() -> this.test.drain(other));
				this.test.drain(this.sender);
				CompletableFuture.allOf(queues, sends).join();
				this.test.clock.move(Duration.ofHours(1));
			}
			this.test.drain(this.sender);
			assertThat(handed().size() - before).as("day %d", day).isLessThanOrEqualTo(CAP);
			before = handed().size();
			this.test.clock.move(Duration.ofHours(20));
		}
		while (this.test.drain(this.sender) > 0) {
			this.test.clock.move(Duration.ofDays(1));
		}

		assertThat(handed()).hasSize(queued).doesNotHaveDuplicates();
	}

	private List<Long> queue(int first, int last) {
		return this.test.queue(this.account,
				IntStream.rangeClosed(first, last).mapToObj((i) -> i + "@x.example").toArray(String[]::new));
	}

	private DailyCap use() {
		return TestOutbox.wait(this.test.caps.of(this.account));
	}

	/** The numbers of those that the relay was handed, in their order. */
	private List<Integer> handed() {
		return this.mailer.handed()
			.stream()
			.map((email) -> Integer.valueOf(email.address().substring(0, email.address().indexOf('@'))))
			.toList();
	}

}
