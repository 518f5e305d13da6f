package dev.belfry.delivery.sending;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What came of attempts is recorded together, and each still stands on its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingTests {

	private static final int THREADS = 4;

	private final ScriptedMailer mailer = new ScriptedMailer();

	private TestOutbox test;

	private AccountId account;

	private Sender sender;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(10_000);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void createAccount() {
		this.test.clear();
		this.account = this.test.account();
		this.sender = this.test.sender(this.mailer, THREADS);
	}

	@Test
	void recordsWhatCameOfEachAttemptInOneStatement() {
		this.mailer.answering((email) -> switch (email.address()) {
			case "a@a.example" -> ScriptedMailer.SENT;
			case "b@b.example" -> ScriptedMailer.REFUSED;
			default -> ScriptedMailer.TROUBLE;
		});
		List<Long> ids = this.test.queue(this.account, "a@a.example", "b@b.example", "c@c.example");

		this.sender.record(this.sender.take().stream().map(this.sender::send).toList());

		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT, DeliveryState.FAILED,
				DeliveryState.RETRYING);
		assertThat(ids.stream().map((id) -> this.test.delivery(this.account, id)))
			.extracting((delivery) -> delivery.attempts().get(0).code(), (delivery) -> delivery.nextAttemptAt() != null)
			.containsExactly(tuple(250, false), tuple(550, false), tuple(null, true));
	}

	@Test
	void recordsTheOthersWhenOneCannotBeRecorded() {
		this.test.queue(this.account, "a@a.example", "b@b.example", "c@c.example");
		List<FinishedAttempt> ended = this.sender.take().stream().map(this.sender::send).toList();
		String unstorable = "An answer with a \0";

		this.sender.record(List.of(ended.get(0), answered(ended.get(1), unstorable), ended.get(2)));

		assertThat(this.test.states(this.account)).containsExactlyInAnyOrder(DeliveryState.SENT, DeliveryState.SENDING,
				DeliveryState.SENT);
		assertThat(this.sender.take()).isEmpty();
	}

	@Test
	void tellsApartWhichOfThemWereStillItsOwn() {
		this.test.queue(this.account, "a@a.example", "b@b.example");
		List<FinishedAttempt> ended = this.sender.take().stream().map(this.sender::send).toList();
		TestOutbox.wait(this.test.queue.record(List.of(ended.get(0))).collectList());

		List<ClaimedEmail> recorded = TestOutbox.wait(this.test.queue.record(ended).collectList());

		assertThat(recorded).containsExactly(ended.get(1).mail());
	}

	@Test
	void keepsApartWhatHasTheSameNumberInTwoAccounts() {
		AccountId other = this.test.account();
		ScriptedMailer mailer = new ScriptedMailer()
			.answering((email) -> email.address().startsWith("ours") ? ScriptedMailer.SENT : ScriptedMailer.RETRY);
		Sender sender = this.test.sender(mailer, THREADS);
		assertThat(this.test.queue(this.account, "ours-1@a.example", "ours-2@b.example"))
			.isEqualTo(this.test.queue(other, "theirs-1@c.example", "theirs-2@d.example"));

		List<ClaimedEmail> taken = sender.take();
		TestOutbox.wait(this.test.queue.renew(taken));
		sender.record(taken.stream().map(sender::send).toList());

		assertThat(taken).hasSize(4);
		assertThat(mailer.handed()).hasSize(4).extracting((email) -> email.messageId()).doesNotHaveDuplicates();
		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENT, DeliveryState.SENT);
		assertThat(this.test.states(other)).containsExactly(DeliveryState.RETRYING, DeliveryState.RETRYING);
	}

	@Test
	void givesBackWhatItTookOfOneAccountAlone() {
		AccountId other = this.test.account();
		List<Long> ids = this.test.queue(this.account, "ours@a.example");
		assertThat(this.test.queue(other, "theirs@b.example")).isEqualTo(ids);
		List<ClaimedEmail> taken = this.sender.take();

		this.sender.giveBack(taken.stream().filter((mail) -> mail.account().equals(other)).toList());

		assertThat(this.test.states(this.account)).containsExactly(DeliveryState.SENDING);
		assertThat(this.test.states(other)).containsExactly(DeliveryState.PENDING);
	}

	@Test
	void takesNoMoreThanItHasThreadsWhileAsManyWaitToBeRecorded() {
		this.test.queue(this.account, "1@a.example", "2@b.example", "3@c.example", "4@d.example", "5@e.example",
				"6@f.example", "7@g.example", "8@h.example", "9@i.example");
		List<FinishedAttempt> first = this.sender.take().stream().map(this.sender::send).toList();
		List<FinishedAttempt> second = this.sender.take().stream().map(this.sender::send).toList();

		assertThat(first).hasSize(THREADS);
		assertThat(second).hasSize(THREADS);
		assertThat(this.sender.take()).isEmpty();
		this.sender.record(first);
		assertThat(this.sender.take()).hasSize(1);
	}

	private static FinishedAttempt answered(FinishedAttempt ended, String answer) {
		Attempt attempt = ended.attempt();
		return new FinishedAttempt(ended.mail(), new Attempt(attempt.number(), attempt.startedAt(), attempt.endedAt(),
				attempt.verdict(), AttemptOutcome.Stage.BODY, attempt.code(), answer), ended.next());
	}

}
