package dev.belfry.delivery.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.viewer.AccountId;
import dev.belfry.work.TestWork;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No backlog of one domain or one account delays the e-mails of others (promise 26).
 * Counted in claims, not in time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FairnessTests {

	private static final int THREADS = 8;

	private static final int BACKLOG = 2_000;

	private TestOutbox test;

	private Sender sender;

	private AccountId loud;

	private AccountId quiet;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(10_000);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void createAccounts() {
		this.test.clear();
		this.loud = this.test.account();
		this.quiet = this.test.account();
		this.sender = this.test.sender(new ScriptedMailer(), THREADS);
	}

	@Test
	void goesRoundADomainThatNeverAnswers() {
		this.test.backlog(this.loud, "dead.example", BACKLOG);
		this.test.queue(this.quiet, manyDomains(20));
		this.test.queue(this.loud, "friend@alive.example");
		List<ClaimedEmail> stuck = new ArrayList<>();
		List<ClaimedEmail> sent = new ArrayList<>();

		int claims = claimUntil(sent, 21, stuck, "dead.example");

		assertThat(claims).isLessThanOrEqualTo(8);
		assertThat(stuck).hasSize(THREADS / 4);
	}

	@Test
	void letsTheOtherAccountsHaveTheirTurnsBesideABacklogToTheSameDomain() {
		this.test.backlog(this.loud, "big.example", BACKLOG);
		this.test.backlog(this.quiet, "big.example", 10);
		List<ClaimedEmail> sent = new ArrayList<>();

		int claims = 0;
		while (ofQuiet(sent) < 10 && claims < BACKLOG) {
			sent.addAll(claimAndSend());
			claims++;
		}

		assertThat(ofQuiet(sent)).isEqualTo(10);
		assertThat(sent).hasSizeLessThan(60);
	}

	@Test
	void letsTheOtherAccountsHaveTheirTurnsBesideABacklogToManyDomains() {
		this.test.queue(this.loud, manyDomains(BACKLOG));
		this.test.queue(this.quiet, "a@zzz.example", "b@zzz.example");
		List<ClaimedEmail> sent = new ArrayList<>();

		while (ofQuiet(sent) < 2 && sent.size() < BACKLOG) {
			sent.addAll(claimAndSend());
		}

		assertThat(sent).hasSizeLessThan(24);
	}

	@Test
	void letsTheOtherDomainsHaveTheirTurnsBesideABacklogOfManyAccounts() {
		for (int i = 0; i < 200; i++) {
			this.test.backlog(this.test.account(), "big.example", 3);
		}
		AccountId last = this.test.account();
		this.test.queue(last, "a@zzz.example", "b@zzz.example");
		List<ClaimedEmail> sent = new ArrayList<>();

		while (sent.stream().filter((mail) -> mail.account().equals(last)).count() < 2 && sent.size() < 600) {
			sent.addAll(claimAndSend());
		}

		assertThat(sent).hasSizeLessThan(24);
	}

	@Test
	void letsAHealthyDomainHaveAllThreads() {
		this.test.backlog(this.loud, "big.example", 50);
		claimAndSend();

		assertThat(this.sender.take()).hasSize(THREADS);
	}

	@Test
	void takesOnlyAsManyAsThreadsAreFree() {
		this.test.queue(this.loud, manyDomains(50));

		List<ClaimedEmail> mails = this.sender.take();

		assertThat(mails).hasSize(THREADS);
		assertThat(this.sender.take()).isEmpty();
		mails.subList(0, 3).forEach((mail) -> TestOutbox.send(this.sender, mail));
		assertThat(this.sender.take()).hasSize(3);
	}

	/** Once attempts are known to be quick; a slow relay keeps no processor busy. */
	@Test
	void hasHalfAsManyInHandWhileSomebodyWaitsForAProcessor() {
		this.sender = this.test.sender(new ScriptedMailer(), THREADS, TestWork.littleHeadroom());
		this.test.queue(this.loud, manyDomains(100));
		for (int sent = 0; sent < 3 * THREADS; sent += THREADS) {
			this.sender.take().forEach((mail) -> TestOutbox.send(this.sender, mail));
		}

		assertThat(this.sender.take()).hasSize(THREADS / 2);
		assertThat(this.sender.take()).isEmpty();
	}

	/** Those to a domain stay in hand for ever; all others are sent at once. */
	private int claimUntil(List<ClaimedEmail> sent, int number, List<ClaimedEmail> stuck, String dead) {
		int claims = 0;
		while (sent.size() < number && claims < BACKLOG) {
			for (ClaimedEmail mail : this.sender.take()) {
				if (mail.domain().equals(dead)) {
					stuck.add(mail);
				}
				else {
					TestOutbox.send(this.sender, mail);
					sent.add(mail);
				}
			}
			claims++;
		}
		return claims;
	}

	private List<ClaimedEmail> claimAndSend() {
		List<ClaimedEmail> mails = this.sender.take();
		mails.forEach((mail) -> TestOutbox.send(this.sender, mail));
		return mails;
	}

	private long ofQuiet(List<ClaimedEmail> sent) {
		return sent.stream().filter((mail) -> mail.account().equals(this.quiet)).count();
	}

	private static String[] manyDomains(int number) {
		return IntStream.range(0, number).mapToObj((i) -> "person@d" + i + ".example").toArray(String[]::new);
	}

}
