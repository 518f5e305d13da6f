package dev.belfry.delivery.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.caps.DailyCap;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.history.Delivery;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.outbox.MailQueued;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.delivery.suppression.SuppressionRecords;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.log.retention.Expiry;
import dev.belfry.log.retention.Retention;
import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import dev.belfry.store.Transactions;
import dev.belfry.testing.TestMail;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static dev.belfry.delivery.outbox.DeliveryState.CANCELLED;
import static dev.belfry.delivery.outbox.DeliveryState.FAILED;
import static dev.belfry.delivery.outbox.DeliveryState.PENDING;
import static dev.belfry.delivery.outbox.DeliveryState.RETRYING;
import static dev.belfry.delivery.outbox.DeliveryState.SENDING;
import static dev.belfry.delivery.outbox.DeliveryState.SENT;
import static dev.belfry.delivery.outbox.DeliveryState.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The states of an e-mail from the outbox to its end (promises 22 to 27). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxTests {

	private static final int CAP = 5;

	private static final Allowances ALL = new Allowances(Map.of(), Integer.MAX_VALUE);

	private TestOutbox test;

	private AccountId account;

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
		this.account = this.test.account();
	}

	@Test
	void keepsWhatAnEmailSaysAndHandsItOver() {
		ScriptedMailer mailer = new ScriptedMailer();
		long id = this.test.queue(this.account, "Ann.Lee@Shop.example").get(0);

		this.test.drain(this.test.sender(mailer, 8));

		assertThat(mailer.handed()).singleElement().satisfies((email) -> {
			assertThat(email.address()).isEqualTo("Ann.Lee@Shop.example");
			assertThat(email.topic()).isEqualTo(TestOutbox.TOPIC);
			assertThat(email.content()).isEqualTo(TestMail.content("Hello"));
			assertThat(email.messageId()).matches("<delivery-[0-9a-f]{32}@belfry\\.example>");
			assertThat(email.createdAt()).isEqualTo(this.test.clock.instant());
			assertThat(email.accountName()).startsWith("account-");
			assertThat(email.unsubscribeToken()).isNotBlank();
		});
		assertThat(this.test.delivery(this.account, id)).satisfies((delivery) -> {
			assertThat(delivery.state()).isEqualTo(SENT);
			assertThat(delivery.subject()).isEqualTo("Hello");
			assertThat(delivery.answer()).isEqualTo("2.0.0 Ok: queued");
			assertThat(delivery.nextAttemptAt()).isNull();
			assertThat(delivery.attempts()).singleElement()
				.isEqualTo(new Attempt(1, this.test.clock.instant(), this.test.clock.instant(), Verdict.SENT,
						AttemptOutcome.Stage.BODY, 250, "2.0.0 Ok: queued"));
		});
	}

	@Test
	void answersTheDeliveriesInTheOrderOfTheEmails() {
		List<Long> ids = this.test.queue(this.account, "c@x.example", "a@x.example", "b@x.example");

		assertThat(ids).map((id) -> this.test.delivery(this.account, id).address())
			.containsExactly("c@x.example", "a@x.example", "b@x.example");
	}

	@ParameterizedTest
	@CsvSource({ "SENT, SENT, false", "REFUSED, FAILED, false", "RETRY, RETRYING, true",
			"RELAY_TROUBLE, RETRYING, true" })
	void goesOnAsTheAttemptEnded(Verdict verdict, DeliveryState state, boolean again) {
		ScriptedMailer mailer = new ScriptedMailer()
			.answering(new AttemptOutcome(verdict, AttemptOutcome.Stage.RCPT, 400, "Words of the relay"));
		long id = this.test.queue(this.account, "a@x.example").get(0);

		this.test.drain(this.test.sender(mailer, 8));

		Delivery delivery = this.test.delivery(this.account, id);
		assertThat(delivery.state()).isEqualTo(state);
		assertThat(delivery.answer()).isEqualTo("Words of the relay");
		assertThat(delivery.nextAttemptAt() != null).isEqualTo(again);
		assertThat(delivery.attempts()).singleElement().extracting(Attempt::verdict).isEqualTo(verdict);
		this.test.clock.move(Duration.ofMinutes(1));
		assertThat(this.test.drain(this.test.sender(mailer, 8))).isEqualTo(again ? 1 : 0);
	}

	@Test
	void triesWithTheSameMessageIdUntilItGivesUp() {
		ScriptedMailer mailer = new ScriptedMailer().answering(ScriptedMailer.RETRY);
		Sender sender = this.test.sender(mailer, 8);
		long id = this.test.queue(this.account, "a@x.example").get(0);
		int hours = 0;
		while (this.test.delivery(this.account, id).state() != FAILED && hours < 200) {
			this.test.drain(sender);
			this.test.clock.move(Duration.ofHours(1));
			hours++;
		}

		assertThat(hours).isBetween(80, 97);
		assertThat(mailer.handed()).hasSizeBetween(12, 16)
			.extracting((email) -> email.messageId())
			.containsOnly(this.test.delivery(this.account, id).messageId());
		assertThat(this.test.delivery(this.account, id).attempts()).extracting(Attempt::number)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, mailer.handed().size()).boxed().toList());
	}

	@Test
	void probesOneEmailAtATimeWhileTheRelayIsInTrouble() {
		ScriptedMailer mailer = new ScriptedMailer().answering(ScriptedMailer.TROUBLE);
		Sender sender = this.test.sender(mailer, 2);
		this.test.queue(this.account, "a@1.example", "b@2.example", "c@3.example", "d@4.example");
		assertThat(this.test.drain(sender)).isEqualTo(2);
		this.test.clock.move(Duration.ofSeconds(1));
		assertThat(this.test.drain(sender)).isEqualTo(1);
		mailer.answering(ScriptedMailer.SENT);
		assertThat(this.test.drain(sender)).isZero();
		this.test.clock.move(Duration.ofSeconds(2));

		assertThat(sender.take()).singleElement().satisfies((mail) -> TestOutbox.send(sender, mail));

		this.test.clock.move(Duration.ofMinutes(1));
		assertThat(this.test.drain(sender)).isEqualTo(3);
		assertThat(this.test.states(this.account)).containsOnly(SENT);
	}

	@Test
	void outlivesAMailerThatThrows() {
		long id = this.test.queue(this.account, "a@x.example").get(0);

		this.test.drain(this.test.sender(new ScriptedMailer().answering((email) -> {
			throw new IllegalStateException("a bug");
		}), 8));

		Delivery delivery = this.test.delivery(this.account, id);
		assertThat(delivery.state()).isEqualTo(RETRYING);
		assertThat(delivery.answer()).doesNotContain("a bug");
	}

	@Test
	void triesAgainWhatEndedWithAnError() {
		ScriptedMailer mailer = new ScriptedMailer().answering((email) -> {
			throw new StackOverflowError();
		});
		Sender sender = this.test.sender(mailer, 1);
		this.test.queue(this.account, "a@x.example", "b@x.example");
		ClaimedEmail first = sender.take().get(0);
		TestOutbox.send(sender, first);

		mailer.answering(ScriptedMailer.SENT);
		assertThat(sender.take()).singleElement().satisfies((mail) -> TestOutbox.send(sender, mail));

		assertThat(this.test.states(this.account)).containsExactlyInAnyOrder(RETRYING, SENT);
	}

	@Test
	void keepsAnswersAndContentsWithCharactersThatCannotBeStored() {
		MailContent odd = new MailContent("a\0b\ud800c", "x", List.of("\0"), List.of(), List.of(), List.of());
		List<Long> ids = TestOutbox.wait(this.test.outbox.queue(this.account, List.of(new Email(TestOutbox.TOPIC, "T",
				null, "a@x.example", odd, new Cause(LogName.EVENTS, 1), 1, this.test.clock.instant()))));

		this.test.drain(this.test.sender(new ScriptedMailer().answering(
				new AttemptOutcome(Verdict.REFUSED, AttemptOutcome.Stage.RCPT, 550, "no\0 " + "x".repeat(1_000))), 8));

		Delivery delivery = this.test.delivery(this.account, ids.get(0));
		assertThat(delivery.subject()).isEqualTo("a\ufffdb\ufffdc");
		assertThat(delivery.answer()).startsWith("no\ufffd x").hasSize(500);
	}

	@Test
	void queuesNothingThatIsRolledBack() {
		List<MailQueued> heard = new ArrayList<>();
		this.test.listen(heard::add);
		Transactions transactions = this.test.bean(Transactions.class);
		Mono<List<Long>> queue = this.test.outbox.queue(this.account,
				List.of(TestMail.email(TestOutbox.TOPIC, "a@x.example", this.test.clock.instant())));

		Throwable failure = catchThrowable(() -> TestOutbox
			.wait(transactions.run(queue.then(Mono.error(new IllegalStateException("rolled back"))))));

		assertThat(failure).hasMessage("rolled back");
		assertThat(this.test.states(this.account)).isEmpty();
		assertThat(heard).isEmpty();
		TestOutbox.wait(transactions.run(queue.doOnNext((ids) -> assertThat(heard).isEmpty())));
		assertThat(heard).hasSize(1);
	}

	@Test
	void sendsNothingBeforeItIsDue() {
		TestOutbox.wait(this.test.outbox.queue(this.account, List.of(TestMail.email(TestOutbox.TOPIC, "a@x.example",
				this.test.clock.instant().plus(Duration.ofMinutes(5))))));
		Sender sender = this.test.sender(new ScriptedMailer(), 8);

		assertThat(this.test.drain(sender)).isZero();
		this.test.clock.move(Duration.ofMinutes(5));
		assertThat(this.test.drain(sender)).isEqualTo(1);
	}

	@Test
	void countsConcurrentBatchesAgainstOneCap() {
		List<Email> two = List.of(TestMail.email(TestOutbox.TOPIC, "a@x.example", this.test.clock.instant()),
				TestMail.email(TestOutbox.TOPIC, "b@x.example", this.test.clock.instant()));

		Flux.range(0, 8).flatMap((i) -> this.test.outbox.queue(this.account, two), 8).blockLast(TestOutbox.TIMEOUT);

		assertThat(this.test.states(this.account)).hasSize(16).containsOnly(PENDING);
		assertThat(TestOutbox.wait(this.test.caps.of(this.account)))
			.isEqualTo(new DailyCap(CAP, CAP, 16 - CAP, Instant.parse("2026-03-02T00:00:00Z")));
	}

	@Test
	void cancelsWhatWaitsForAStoppedTopicAndWhatComesLater() {
		this.test.queue(this.account, "a@x.example");
		this.test.queue(this.account, Topic.global("OTHER"), new String[] { "a@x.example" });
		TestOutbox.wait(this.test.outbox.stop(this.account, List.of(TestOutbox.TOPIC)));
		this.test.queue(this.account, "b@x.example");

		assertThat(this.test.states(this.account)).containsExactly(CANCELLED, PENDING, CANCELLED);

		TestOutbox.wait(this.test.outbox.resume(this.account, List.of(TestOutbox.TOPIC)));
		this.test.queue(this.account, "c@x.example");
		assertThat(this.test.states(this.account)).containsExactly(CANCELLED, PENDING, CANCELLED, PENDING);
	}

	@Test
	void cancelsAtTheClaimWhatWasQueuedWhileItsTopicWasStopped() {
		queueWhileItsTopicIsStopped("a@x.example");
		assertThat(this.test.states(this.account)).containsExactly(PENDING);

		assertThat(this.test.drain(this.test.sender(new ScriptedMailer(), 8))).isZero();

		assertThat(this.test.states(this.account)).containsExactly(CANCELLED);
	}

	@Test
	void cancelsWhatWasQueuedWhileItsTopicWasStoppedThoughItGoesOnBeforeTheClaim() {
		queueWhileItsTopicIsStopped("a@x.example");

		TestOutbox.wait(this.test.outbox.resume(this.account, List.of(TestOutbox.TOPIC)));
		this.test.queue(this.account, "b@x.example");

		assertThat(this.test.states(this.account)).containsExactly(CANCELLED, PENDING);
	}

	@Test
	void cancelsInsteadOfTryingAgainWhatWasStoppedMeanwhile() {
		this.test.queue(this.account, "a@x.example");
		ScriptedMailer mailer = new ScriptedMailer().answering((email) -> {
			TestOutbox.wait(this.test.outbox.stop(this.account, List.of(TestOutbox.TOPIC)));
			return ScriptedMailer.RETRY;
		});

		this.test.drain(this.test.sender(mailer, 8));

		assertThat(this.test.states(this.account)).containsExactly(CANCELLED);
	}

	@Test
	void suppressesAnAddressForOneTopicOrForAll() {
		this.test.queue(this.account, "Ann@x.example", "ben@x.example");
		this.test.queue(this.account, Topic.global("OTHER"), new String[] { "ann@x.example", "ben@x.example" });
		AccountId another = this.test.account();
		this.test.queue(another, "ann@x.example");

		TestOutbox.wait(this.test.suppressions.suppress(this.account, "ann@X.EXAMPLE", TestOutbox.TOPIC));
		assertThat(this.test.states(this.account)).containsExactly(SUPPRESSED, PENDING, PENDING, PENDING);
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "ben@x.example", null));
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "ben@x.example", null));
		assertThat(this.test.states(this.account)).containsExactly(SUPPRESSED, SUPPRESSED, PENDING, SUPPRESSED);

		this.test.queue(this.account, "ann@x.example");
		assertThat(this.test.states(this.account)).endsWith(SUPPRESSED);
		assertThat(this.test.states(another)).containsExactly(PENDING);
		assertThat(TestOutbox
			.wait(this.test.bean(SuppressionRecords.class).page(this.account, Long.MAX_VALUE, 10).collectList()))
			.hasSize(2);
	}

	@Test
	void findsADomainInWhateverScriptItIsWritten() {
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "ann@b\u00fccher.example", null));

		this.test.queue(this.account, "ann@xn--bcher-kva.example");

		assertThat(this.test.states(this.account)).containsExactly(SUPPRESSED);
	}

	@Test
	void claimsAgainWhatItsOwnerGaveUpAndLetsThatOneChangeNothing() {
		long id = this.test.queue(this.account, "a@x.example").get(0);
		ClaimedEmail old = claim(1).get(0);
		assertThat(this.test.states(this.account)).containsExactly(SENDING);
		assertThat(claim(1)).isEmpty();
		this.test.clock.move(MailQueue.LEASE);
		TestOutbox.wait(this.test.queue.wake());
		assertThat(claim(1)).isEmpty();
		this.test.clock.move(MailQueue.NOTICE);
		TestOutbox.wait(this.test.queue.wake());
		ClaimedEmail current = claim(1).get(0);

		assertThat(current.attempt()).isEqualTo(old.attempt() + 1);
		assertThat(record(old, FAILED)).isFalse();
		assertThat(this.test.states(this.account)).containsExactly(SENDING);
		assertThat(record(current, SENT)).isTrue();
		assertThat(record(current, SENT)).isFalse();
		assertThat(this.test.delivery(this.account, id).attempts()).extracting(Attempt::number).containsExactly(2);
		assertThat(this.test.states(this.account)).containsExactly(SENT);
	}

	@Test
	void keepsWhatIsInHandForAsLongAsItTakes() {
		this.test.queue(this.account, "a@x.example");
		Sender sender = this.test.sender(new ScriptedMailer(), 8);
		ClaimedEmail mail = sender.take().get(0);
		for (int i = 0; i < 10; i++) {
			this.test.clock.move(MailQueue.LEASE.dividedBy(2));
			sender.tick();
			assertThat(this.test.sender(new ScriptedMailer(), 8).take()).isEmpty();
		}

		TestOutbox.send(sender, mail);

		assertThat(this.test.states(this.account)).containsExactly(SENT);
	}

	@Test
	void givesBackWhatWasNotBegun() {
		this.test.queue(this.account, "a@x.example");
		Sender sender = this.test.sender(new ScriptedMailer(), 8);
		sender.giveBack(sender.take());

		assertThat(this.test.states(this.account)).containsExactly(PENDING);
		assertThat(claim(1)).extracting(ClaimedEmail::attempt).containsExactly(1);
	}

	@Test
	void neverGivesOneEmailToTwoThatClaimAtOnce() {
		for (int i = 0; i < 100; i++) {
			this.test.backlog(this.test.account(), "d" + i % 7 + ".example", CAP);
		}
		Set<String> taken = ConcurrentHashMap.newKeySet();

		Long claims = Flux.range(0, 400)
			.flatMap((i) -> this.test.queue.claim(5, ClaimCursor.START, ALL)
				.doOnNext((claim) -> claim.mails().forEach((mail) -> assertThat(taken.add(mail.messageId())).isTrue())),
					8)
			.count()
			.block(TestOutbox.TIMEOUT);

		assertThat(claims).isEqualTo(400);
		assertThat(taken).hasSize(100 * CAP);
	}

	/**
	 * Two nodes by chance claim, complete, stall, die and come back, while the clock
	 * moves. A model holds who may complete what.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void lastsThroughAnyScheduleOfTwoNodes(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 8; i++) {
			this.test.backlog(this.test.account(), "d" + i % 3 + ".example", CAP);
		}
		List<List<ClaimedEmail>> hands = List.of(new ArrayList<>(), new ArrayList<>());
		Map<String, Integer> owned = new HashMap<>();
		Set<String> sent = new HashSet<>();
		for (int step = 0; step < 20_000 && sent.size() < 8 * CAP; step++) {
			List<ClaimedEmail> hand = hands.get(random.nextInt(2));
			switch (random.nextInt(10)) {
				case 0, 1, 2 -> {
					for (ClaimedEmail mail : claim(1 + random.nextInt(4))) {
						assertThat(sent).doesNotContain(mail.messageId());
						assertThat(owned.getOrDefault(mail.messageId(), 0)).isLessThan(mail.attempt());
						owned.put(mail.messageId(), mail.attempt());
						hand.add(mail);
					}
				}
				case 3, 4, 5, 6 -> {
					if (!hand.isEmpty()) {
						ClaimedEmail mail = hand.remove(random.nextInt(hand.size()));
						boolean current = owned.get(mail.messageId()) == mail.attempt();
						boolean done = random.nextBoolean();
						NextStep next = done ? new NextStep(SENT, null)
								: new NextStep(RETRYING, Duration.ofSeconds(random.nextInt(100)));
						assertThat(record(mail, next)).isEqualTo(current);
						if (current && done) {
							assertThat(sent.add(mail.messageId())).isTrue();
						}
					}
				}
				case 7 -> TestOutbox.wait(this.test.queue.renew(hand));
				case 8 -> hand.removeIf((mail) -> random.nextInt(4) == 0);
				default -> {
					this.test.clock.move(Duration.ofSeconds(random.nextInt(200)));
					TestOutbox.wait(this.test.queue.wake());
				}
			}
		}
		assertThat(sent).hasSize(8 * CAP);
	}

	@Test
	void erasesAnAddressEverywhere() {
		Sender refused = this.test.sender(new ScriptedMailer().answering(
				new AttemptOutcome(Verdict.REFUSED, AttemptOutcome.Stage.RCPT, 550, "Nobody <Ann@x.example> here")), 8);
		long ended = this.test.queue(this.account, "Ann@x.example").get(0);
		this.test.drain(refused);
		long waiting = this.test.queue(this.account, "ann@x.example").get(0);
		long others = this.test.queue(this.account, "ben@x.example").get(0);
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "ann@x.example", Topic.global("OTHER")));

		assertThat(TestOutbox.wait(this.test.suppressions.erase(this.account, "ANN@x.example"))).isEqualTo(2);

		assertThat(this.test.rows(this.account)).doesNotContainIgnoringCase("ann@").contains("ben@x.example");
		assertThat(this.test.delivery(this.account, ended)).satisfies((delivery) -> {
			assertThat(delivery.state()).isEqualTo(FAILED);
			assertThat(delivery.address()).isEqualTo("erased");
			assertThat(delivery.subject()).isNull();
			assertThat(delivery.attempts()).singleElement().extracting(Attempt::answer).isEqualTo("");
		});
		assertThat(this.test.delivery(this.account, waiting).state()).isEqualTo(CANCELLED);
		assertThat(this.test.delivery(this.account, others).subject()).isEqualTo("Hello");
		assertThat(catchThrowable(() -> TestOutbox.wait(this.test.deliveries.retry(this.account, waiting))))
			.hasMessageContaining("erased");
		assertThat(TestOutbox.wait(this.test.suppressions.erase(this.account, "ann@x.example"))).isZero();
	}

	/** As an earlier Belfry kept it, which made one domain of two. */
	@Test
	void erasesWhatIsKeptUnderTheKeyOfAnotherDomain() {
		List<Long> ids = this.test.queue(this.account, "ann@strasse.example", "ann@straße.example");
		this.test.execute("update delivery set address_key = (select address_key from delivery where delivery_id = "
				+ ids.get(0) + ") where delivery_id = " + ids.get(1));

		assertThat(TestOutbox.wait(this.test.suppressions.erase(this.account, "ann@straße.example"))).isEqualTo(1);

		assertThat(this.test.states(this.account)).containsExactly(PENDING, CANCELLED);
		assertThat(this.test.rows(this.account)).contains("ann@strasse.example").doesNotContain("straße");
	}

	@Test
	void keepsAnErasedAddressSuppressedByItsHashAlone() {
		TestOutbox.wait(this.test.suppressions.erase(this.account, "ann@x.example"));

		assertThat(this.test.rows(this.account)).doesNotContain("ann").contains("ERASED");
		this.test.queue(this.account, "Ann@x.example");
		assertThat(this.test.states(this.account)).containsExactly(SUPPRESSED);
		assertThat(this.test.rows(this.account)).doesNotContainIgnoringCase("ann").doesNotContain("Hello");
	}

	@Test
	void erasesAlsoWhatIsQueuedMeanwhile() {
		Mono<List<Long>> queue = this.test.outbox.queue(this.account,
				List.of(TestMail.email(TestOutbox.TOPIC, "ann@x.example", this.test.clock.instant())));
		Mono<Long> erase = this.test.suppressions.erase(this.account, "ann@x.example")
			.subscribeOn(Schedulers.boundedElastic());
		AtomicReference<CompletableFuture<Long>> erased = new AtomicReference<>();

		// The erasure waits for the transaction that queues.
		TestOutbox.wait(this.test.bean(Transactions.class)
			.run(queue.doOnNext((ids) -> erased.set(erase.toFuture())).delayUntil((ids) -> blocked())));

		assertThat(erased.get().join()).isEqualTo(1);
		assertThat(this.test.rows(this.account)).doesNotContain("ann@");
		assertThat(this.test.states(this.account)).containsExactly(CANCELLED);
	}

	@Test
	void letsAnEmailWhoseContentCannotBeReadDelayNoOther() {
		List<Long> ids = this.test.queue(this.account, "a@x.example", "b@y.example");
		this.test.execute("update delivery set content = '[]' where delivery_id = " + ids.get(0));

		this.test.drain(this.test.sender(new ScriptedMailer(), 8));

		assertThat(this.test.states(this.account)).containsExactly(RETRYING, SENT);
	}

	@Test
	void erasesAnAddressWhoseEmailIsInHand() {
		this.test.queue(this.account, "ann@x.example");
		ScriptedMailer mailer = new ScriptedMailer().answering((email) -> {
			TestOutbox.wait(this.test.suppressions.erase(this.account, "ann@x.example"));
			return new AttemptOutcome(Verdict.RETRY, AttemptOutcome.Stage.RCPT, 450, "Box of ann@x.example is full");
		});

		this.test.drain(this.test.sender(mailer, 8));

		assertThat(this.test.rows(this.account)).doesNotContain("ann@");
		assertThat(this.test.states(this.account)).containsExactly(CANCELLED);
	}

	@Test
	void queuesAnewOnlyWhatHasEndedUnsent() {
		Sender sender = this.test.sender(
				new ScriptedMailer().answering(
						(email) -> email.address().startsWith("bad") ? ScriptedMailer.REFUSED : ScriptedMailer.SENT),
				8);
		List<Long> ids = this.test.queue(this.account, "good@x.example", "bad@x.example");
		this.test.drain(sender);
		long waiting = this.test.queue(this.account, "later@x.example").get(0);

		for (long id : List.of(ids.get(0), waiting)) {
			assertThat(catchThrowable(() -> TestOutbox.wait(this.test.deliveries.retry(this.account, id))))
				.hasMessageContaining("was sent, or is still to be sent");
		}
		assertThat(TestOutbox.wait(this.test.deliveries.retry(this.account, ids.get(1))).state()).isEqualTo(PENDING);
		this.test.drain(sender);
		assertThat(this.test.delivery(this.account, ids.get(1)).attempts()).extracting(Attempt::number)
			.containsExactly(1, 2);
	}

	@Test
	void queuesNothingAnewThatIsSwitchedOffOrSuppressed() {
		long cancelled = this.test.queue(this.account, "a@x.example").get(0);
		TestOutbox.wait(this.test.outbox.stop(this.account, List.of(TestOutbox.TOPIC)));
		assertThat(catchThrowable(() -> TestOutbox.wait(this.test.deliveries.retry(this.account, cancelled))))
			.hasMessageContaining("switched off");
		TestOutbox.wait(this.test.outbox.resume(this.account, List.of(TestOutbox.TOPIC)));
		TestOutbox.wait(this.test.suppressions.suppress(this.account, "a@x.example", null));

		assertThat(catchThrowable(() -> TestOutbox.wait(this.test.deliveries.retry(this.account, cancelled))))
			.hasMessageContaining("Remove its suppression");
	}

	@Test
	void removesWhatHasEndedAfterTheAccountsRetention() {
		Sender sender = this.test.sender(new ScriptedMailer(), 8);
		this.test.queue(this.account, "a@x.example");
		this.test.drain(sender);
		TestOutbox.wait(this.test.outbox.queue(this.account, List.of(TestMail.email(TestOutbox.TOPIC, "b@x.example",
				this.test.clock.instant().plus(Duration.ofDays(900))))));

		this.test.clock.move(Duration.ofDays(400));
		assertThat(removed()).isZero();
		this.test.clock.move(Duration.ofSeconds(1));
		assertThat(removed()).isEqualTo(1);

		assertThat(this.test.states(this.account)).containsExactly(PENDING);
		assertThat(this.test.rows(this.account)).doesNotContain("a@x.example").doesNotContain("queued");
	}

	@Test
	void countsWhatItDoesAndSeesWhatWaits() {
		double sent = count("sent");
		double queued = count("queued");
		MailHealthIndicator health = new MailHealthIndicator(this.test.meters,
				TestOutbox.settings(CAP, 8, Duration.ofSeconds(1)));
		this.test.queue(this.account, "a@x.example", "b@x.example");
		this.test.clock.move(Duration.ofMinutes(9));
		TestOutbox.wait(this.test.meters.watch().thenReturn(1));

		assertThat(gauge("waiting")).isEqualTo(2);
		assertThat(gauge("oldest.waiting")).isEqualTo(540);
		assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
		this.test.clock.move(Duration.ofMinutes(2));
		TestOutbox.wait(this.test.meters.watch().thenReturn(1));
		assertThat(health.health().getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		this.test.drain(this.test.sender(new ScriptedMailer(), 8));
		TestOutbox.wait(this.test.meters.watch().thenReturn(1));
		assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
		assertThat(gauge("waiting")).isZero();
		assertThat(count("sent") - sent).isEqualTo(2);
		assertThat(count("queued") - queued).isEqualTo(2);
	}

	private long removed() {
		Expiry deliveries = this.test.bean("endedDeliveries", Expiry.class);
		return TestOutbox.wait(this.test.bean(Retention.class).remove(deliveries, this.test.clock.instant()));
	}

	/** Until somebody waits for a lock. */
	private Mono<Long> blocked() {
		return this.test.bean(SystemDatabase.class)
			.one(Query.number("select count(*) from pg_stat_activity where datname = current_database()"
					+ " and wait_event_type = 'Lock'"))
			.repeat()
			.filter((waiting) -> waiting > 0)
			.next();
	}

	private double count(String name) {
		return this.test.metrics.get("belfry.mail." + name).counter().count();
	}

	private double gauge(String name) {
		return this.test.metrics.get("belfry.mail." + name).gauge().value();
	}

	private List<ClaimedEmail> claim(int most) {
		return TestOutbox.wait(this.test.queue.claim(most, ClaimCursor.START, ALL)).mails();
	}

	private boolean record(ClaimedEmail mail, DeliveryState state) {
		return record(mail, new NextStep(state, null));
	}

	private boolean record(ClaimedEmail mail, NextStep next) {
		AttemptOutcome outcome = (next.state() == SENT) ? ScriptedMailer.SENT : ScriptedMailer.RETRY;
		Attempt attempt = Attempt.of(mail, this.test.clock.instant(), this.test.clock.instant(), outcome);
		return !TestOutbox.wait(this.test.queue.record(List.of(new FinishedAttempt(mail, attempt, next))).collectList())
			.isEmpty();
	}

	/** The stop, in another transaction, sees nothing of the e-mail. */
	private void queueWhileItsTopicIsStopped(String address) {
		Mono<List<Long>> queue = this.test.outbox.queue(this.account,
				List.of(TestMail.email(TestOutbox.TOPIC, address, this.test.clock.instant())));
		Mono<Void> stop = this.test.outbox.stop(this.account, List.of(TestOutbox.TOPIC))
			.subscribeOn(Schedulers.boundedElastic());
		TestOutbox
			.wait(this.test.bean(Transactions.class).run(queue.delayUntil((ids) -> Mono.fromFuture(stop.toFuture()))));
	}

}
