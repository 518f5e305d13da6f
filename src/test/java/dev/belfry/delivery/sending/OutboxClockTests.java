package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.testing.MovableClock;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** The outbox while clocks leap and differ: the database's, and those of nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxClockTests {

	private static final Duration HOUR = Duration.ofHours(1);

	/** After this the first retry is due, whatever chance adds to it. */
	private static final Duration RETRY = Duration.ofSeconds(34);

	private TestOutbox test;

	private ScriptedMailer mailer;

	private AccountId account;

	/** A node's clock, which goes on by itself. */
	private MovableClock clock;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(1_000);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void createAccount() {
		this.test.clear();
		this.mailer = new ScriptedMailer();
		this.account = this.test.account();
		this.clock = new MovableClock(this.test.clock.instant());
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1 })
	void sendsWhateverANodesClockSays(int hours) {
		this.clock.move(HOUR.multipliedBy(hours));
		Sender sender = sender(this.mailer);
		this.test.queue(this.account, "a@x.example");
		this.mailer.answering(ScriptedMailer.RETRY);
		assertThat(this.test.drain(sender)).isEqualTo(1);
		assertThat(this.test.drain(sender)).isZero();

		this.mailer.answering(ScriptedMailer.SENT);
		pass(RETRY);

		assertThat(this.test.drain(sender)).isEqualTo(1);
		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 60, 3_600, 86_400 * 365 })
	void triesAgainInTimeThoughTheClockGoesBack(long seconds) {
		Sender sender = sender(this.mailer.answering(ScriptedMailer.RETRY));
		long id = this.test.queue(this.account, "a@x.example").get(0);
		this.test.drain(sender);
		this.mailer.answering(ScriptedMailer.SENT);

		this.test.clock.move(Duration.ofSeconds(-seconds));
		assertThat(this.test.drain(sender)).isZero();
		pass(RETRY);

		assertThat(this.test.drain(sender)).isEqualTo(1);
		assertThat(this.test.delivery(this.account, id).state()).isEqualTo(DeliveryState.SENT);
	}

	@Test
	void waitsForARetryNoLongerThanItHadToWhenTheClockGoesForwardAndBack() {
		Sender sender = sender(this.mailer.answering(ScriptedMailer.RETRY));
		this.test.queue(this.account, "a@x.example");
		this.test.drain(sender);
		this.test.clock.move(HOUR);
		assertThat(this.test.drain(sender)).isEqualTo(1);

		this.test.clock.move(HOUR.negated());
		this.mailer.answering(ScriptedMailer.SENT);
		assertThat(this.test.drain(sender)).isZero();
		pass(Duration.ofMinutes(6));

		assertThat(this.test.drain(sender)).isEqualTo(1);
		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1 })
	void sendsNothingTwiceThatIsOnItsWayWhileTheClockLeaps(int hours) {
		Sender slow = sender(this.mailer);
		Sender other = sender(this.mailer);
		this.test.queue(this.account, "a@x.example");
		slow.tick();
		ClaimedEmail mail = slow.take().get(0);

		this.test.clock.move(HOUR.multipliedBy(hours));
		for (int second = 0; second < 180; second += 5) {
			other.tick();
			assertThat(other.take()).isEmpty();
			pass(Duration.ofSeconds(5));
			slow.tick();
		}
		TestOutbox.send(slow, mail);

		assertThat(this.mailer.handed()).hasSize(1);
		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1 })
	void takesOverFromANodeThatDiedBeforeTheClockLeapt(int hours) {
		this.test.queue(this.account, "a@x.example");
		assertThat(sender(this.mailer).take()).hasSize(1);
		Sender other = sender(this.mailer);

		this.test.clock.move(HOUR.multipliedBy(hours));
		other.tick();
		pass(MailQueue.LEASE);
		other.tick();
		pass(MailQueue.NOTICE);

		assertThat(this.test.drain(other)).isEqualTo(1);
		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT);
	}

	@Test
	void recordsNothingOfAnEmailWhoseNumberAnotherHasByNow() {
		Sender sender = sender(this.mailer);
		this.test.queue(this.account, "a@x.example");
		FinishedAttempt lost = sender.send(sender.take().get(0));
		this.test.execute("update delivery set message_id = '<another@belfry.example>'");

		assertThat(TestOutbox.wait(this.test.queue.record(List.of(lost)).collectList())).isEmpty();
		assertThat(TestOutbox.wait(this.test.queue.renew(List.of(lost.mail())))).isZero();
		assertThat(TestOutbox.wait(this.test.queue.giveBack(List.of(lost.mail())))).isZero();

		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENDING);
	}

	@Test
	void saysOfNoEmailThatItHasWaitedLessThanNothing() {
		this.test.queue(this.account, "a@x.example");
		this.test.clock.move(HOUR.negated());

		TestOutbox.wait(this.test.meters.watch().thenReturn(1));

		assertThat(this.test.meters.oldestWaits()).isZero();
	}

	/** A node that reads its own clock for nothing but how long something takes. */
	private Sender sender(ScriptedMailer mailer) {
		return this.test.sender(mailer, 8, this.clock);
	}

	/** True time passes, for all clocks. */
	private void pass(Duration time) {
		this.test.clock.move(time);
		this.clock.move(time);
	}

}
