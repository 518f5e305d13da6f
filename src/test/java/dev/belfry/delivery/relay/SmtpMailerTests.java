package dev.belfry.delivery.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.delivery.relay.ScriptedRelay.Act;
import dev.belfry.delivery.relay.ScriptedRelay.At;
import dev.belfry.testing.MovableClock;
import dev.belfry.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** Promises 23 and 25: what becomes of an e-mail, whatever the relay does. */
@Timeout(60)
class SmtpMailerTests {

	private static final int PATIENCE_MILLIS = 800;

	/**
	 * What each answer leads to at each stage; only the last three stages are about the
	 * address.
	 */
	private static final String ANSWERS = """
			stage   421    450    451    452    550            552            554
			BANNER  RETRY  RETRY  RETRY  RETRY  RELAY_TROUBLE  RELAY_TROUBLE  RELAY_TROUBLE
			EHLO    RETRY  RETRY  RETRY  RETRY  RELAY_TROUBLE  RELAY_TROUBLE  RELAY_TROUBLE
			MAIL    RETRY  RETRY  RETRY  RETRY  RELAY_TROUBLE  RELAY_TROUBLE  RELAY_TROUBLE
			RCPT    RETRY  RETRY  RETRY  RETRY  REFUSED        REFUSED        REFUSED
			DATA    RETRY  RETRY  RETRY  RETRY  REFUSED        REFUSED        REFUSED
			END     RETRY  RETRY  RETRY  RETRY  REFUSED        REFUSED        REFUSED
			""";

	private final ScriptedRelay relay = ScriptedRelay.start();

	private final MovableClock clock = new MovableClock(Instant.parse("2026-11-05T10:00:00Z"));

	private final SmtpMailer mailer = mailer(this.relay.settings());

	@AfterEach
	void close() {
		this.mailer.close();
		this.relay.close();
	}

	@Test
	void sendsAndSaysWhatTheRelaySaid() {
		AttemptOutcome outcome = send();

		assertThat(outcome).isEqualTo(new AttemptOutcome(Verdict.SENT, Stage.BODY, 250, "250 2.0.0 Queued"));
		assertThat(this.relay.conversation().commands()).containsExactly("EHLO belfry.example",
				"MAIL FROM:<belfry@sender.example>", "RCPT TO:<ann@shop.example>", "DATA");
		assertThat(this.relay.conversation().letters()).hasSize(1);
	}

	@TestFactory
	Stream<DynamicTest> followsEachAnswerAtEachStage() {
		List<String[]> table = ANSWERS.lines().map((line) -> line.split(" +")).toList();
		String[] codes = table.get(0);
		return table.stream()
			.skip(1)
			.flatMap((row) -> IntStream.range(1, row.length)
				.mapToObj((column) -> dynamicTest(row[0] + " " + codes[column], () -> follows(At.valueOf(row[0]),
						Integer.parseInt(codes[column]), Verdict.valueOf(row[column])))));
	}

	private void follows(At place, int code, Verdict verdict) {
		try (ScriptedRelay relay = ScriptedRelay.start(); SmtpMailer mailer = mailer(relay.settings())) {
			relay.once(place, relay.say(code + "-4.7.1 Not\r\n" + code + " 4.7.1 n\u00c3\u00b6w"));

			AttemptOutcome outcome = mailer.send(Emails.to("ann@shop.example"));

			assertThat(outcome)
				.isEqualTo(new AttemptOutcome(verdict, (place == At.END) ? Stage.BODY : Stage.valueOf(place.name()),
						code, code + "-4.7.1 Not " + code + " 4.7.1 nöw"));
			boolean aboutTheAddress = place.compareTo(At.RCPT) >= 0;
			assertThat(mailer.send(Emails.to("bob@shop.example")).verdict()).isEqualTo(Verdict.SENT);
			assertThat(relay.conversations()).hasSize((aboutTheAddress && code != 421) ? 1 : 2);
		}
	}

	@TestFactory
	Stream<DynamicTest> followsARefusedLogin() {
		return Stream.of("454 RETRY", "535 RELAY_TROUBLE")
			.map((row) -> row.split(" "))
			.map((row) -> dynamicTest(row[0], () -> {
				try (ScriptedRelay relay = ScriptedRelay.start()) {
					JavaMailSenderImpl settings = relay.settings();
					settings.setUsername("belfry");
					settings.setPassword("secret");
					relay.offering("AUTH PLAIN").on(At.AUTH, relay.say(row[0] + " 5.7.8 No"));
					try (SmtpMailer mailer = mailer(settings)) {
						assertThat(mailer.send(Emails.to("ann@shop.example"))).isEqualTo(new AttemptOutcome(
								Verdict.valueOf(row[1]), Stage.AUTH, Integer.valueOf(row[0]), row[0] + " 5.7.8 No"));
					}
				}
			}));
	}

	/**
	 * Nothing of SMTP comes back. Only where the e-mail was begun is it about this
	 * e-mail.
	 */
	@TestFactory
	Stream<DynamicTest> followsARelayThatFallsSilent() {
		return followsTrouble("silence", (relay, place) -> relay.beSilent(), "The relay did not answer in time.");
	}

	@TestFactory
	Stream<DynamicTest> followsARelayThatSpeaksTooSlowly() {
		return followsTrouble("drip", (relay, place) -> relay.drip("2".repeat(2 * PATIENCE_MILLIS)),
				"The relay did not answer in time.");
	}

	@TestFactory
	Stream<DynamicTest> followsARelayThatNeverEndsItsAnswer() {
		return followsTrouble("ramble", (relay, place) -> relay.ramble("250-and so on"),
				"The connection to the relay was lost.");
	}

	@TestFactory
	Stream<DynamicTest> followsAReset() {
		return followsTrouble("reset", (relay, place) -> relay.reset(), "The connection to the relay was lost.")
			.skip(1);
	}

	/** Whether the connection had come about by then, only the network knows. */
	@Test
	void followsAResetAtTheBanner() {
		this.relay.once(At.BANNER, this.relay.reset());

		assertThat(this.mailer.send(Emails.to("ann@shop.example"))).isIn(
				new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.BANNER, null, "The connection to the relay was lost."),
				new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null, "The relay refused the connection."));
	}

	@TestFactory
	Stream<DynamicTest> followsAFarewell() {
		return followsTrouble("hang up", (relay, place) -> relay.hangUp(), "The connection to the relay was lost.");
	}

	@TestFactory
	Stream<DynamicTest> followsWhatIsNotSmtp() {
		return followsTrouble("garbage", (relay, place) -> relay.say("HTTP/1.1 400 Bad Request"),
				"The answer of the relay is not valid SMTP: HTTP/1.1 400 Bad Request");
	}

	private static Stream<DynamicTest> followsTrouble(String name, BiFunction<ScriptedRelay, At, Act> act,
			String answer) {
		return Stream.of(At.BANNER, At.EHLO, At.MAIL, At.RCPT, At.DATA, At.END)
			.map((place) -> dynamicTest(name + " at " + place, () -> {
				try (ScriptedRelay relay = ScriptedRelay.start(); SmtpMailer mailer = impatient(relay.settings())) {
					relay.once(place, act.apply(relay, place));

					AttemptOutcome outcome = mailer.send(Emails.to("ann@shop.example"));

					boolean beforeTheEmail = place.compareTo(At.MAIL) < 0;
					assertThat(outcome)
						.isEqualTo(new AttemptOutcome(beforeTheEmail ? Verdict.RELAY_TROUBLE : Verdict.RETRY,
								(place == At.END) ? Stage.BODY : Stage.valueOf(place.name()), null, answer));
					assertThat(relay.conversations()).hasSize(1);
				}
			}));
	}

	@Test
	void retriesAnEmailThatWasCutOffInItsMidst() {
		this.relay.once(At.MIDST, this.relay.reset());

		assertThat(this.mailer.send(longEmail()))
			.isEqualTo(new AttemptOutcome(Verdict.RETRY, Stage.DATA, null, "The connection to the relay was lost."));
		assertThat(this.relay.conversation().letters()).isEmpty();
	}

	@Test
	void givesUpOnARelayThatStopsReading() {
		this.relay.once(At.MIDST, this.relay.stopReading());

		try (SmtpMailer mailer = impatient(this.relay.settings())) {
			assertThat(mailer.send(longEmail())).isEqualTo(
					new AttemptOutcome(Verdict.RETRY, Stage.DATA, null, "The connection to the relay was lost."));
		}
	}

	@Test
	void saysThatNobodyListens() {
		JavaMailSenderImpl nowhere = new JavaMailSenderImpl();
		nowhere.setHost("127.0.0.1");
		nowhere.setPort(Programs.freePort());

		assertThat(mailer(nowhere).send(Emails.to("ann@shop.example"))).isEqualTo(
				new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null, "The relay refused the connection."));
	}

	@Test
	void saysThatTheNameOfTheRelayIsUnknown() {
		JavaMailSenderImpl nowhere = new JavaMailSenderImpl();
		nowhere.setHost("relay.invalid");

		assertThat(mailer(nowhere).send(Emails.to("ann@shop.example"))).isEqualTo(new AttemptOutcome(
				Verdict.RELAY_TROUBLE, Stage.CONNECT, null, "The host name of the relay is unknown."));
	}

	@Test
	void takesAnyAnswerThatBeginsWithTwoForYes() {
		this.relay.on(At.MAIL, this.relay.say("251 2.1.0 Ok")).on(At.END, this.relay.say("252 2.6.0 Ok"));

		assertThat(send()).isEqualTo(new AttemptOutcome(Verdict.SENT, Stage.BODY, 252, "252 2.6.0 Ok"));
	}

	@Test
	void greetsARelayInTheOldWayThatDoesNotKnowTheNew() {
		this.relay.on(At.EHLO, this.relay.say("502 5.5.1 Not implemented"));

		assertThat(send().verdict()).isEqualTo(Verdict.SENT);
	}

	@Test
	void cutsALongAnswer() {
		this.relay.on(At.RCPT, this.relay.say("550 " + "no ".repeat(400)));

		assertThat(send().answer()).hasSize(500).endsWith("…");
	}

	@Test
	void usesAConnectionForTheNextEmail() {
		IntStream.range(0, 10).forEach((i) -> assertThat(send().verdict()).isEqualTo(Verdict.SENT));

		assertThat(this.relay.conversation().letters()).hasSize(10);
		assertThat(this.relay.conversation().commands()).filteredOn((command) -> !command.matches("(MAIL|RCPT|DATA).*"))
			.containsExactly("EHLO belfry.example");
	}

	@Test
	void usesAConnectionForAHundredEmails() {
		IntStream.range(0, 101).forEach((i) -> assertThat(send().verdict()).isEqualTo(Verdict.SENT));

		assertThat(this.relay.conversations()).extracting((conversation) -> conversation.letters().size())
			.containsExactly(100, 1);
	}

	@Test
	void keepsAConnectionForTwentySeconds() {
		send();
		this.clock.move(Duration.ofSeconds(20));
		send();
		assertThat(this.relay.conversations()).hasSize(1);

		this.clock.move(Duration.ofSeconds(21));
		this.mailer.closeIdle();
		await().untilAsserted(() -> assertThat(this.relay.conversation().commands()).endsWith("QUIT"));
		assertThat(send().verdict()).isEqualTo(Verdict.SENT);
		assertThat(this.relay.conversations()).hasSize(2);
	}

	@TestFactory
	Stream<DynamicTest> takesANewConnectionWhenAKeptOneIsDead() {
		return Stream
			.of(this.relay.hangUp(), this.relay.reset(), this.relay.say("421 4.4.2 Idle for too long"),
					this.relay.say("451 4.4.2 Idle for too long"),
					this.relay.both(this.relay.say("421 4.4.2 Bye"), this.relay.hangUp()))
			.map((act) -> dynamicTest("dead", () -> {
				try (ScriptedRelay relay = ScriptedRelay.start(); SmtpMailer mailer = mailer(relay.settings())) {
					relay.once(At.MAIL, relay.say("250 Ok")).once(At.MAIL, act);

					assertThat(mailer.send(Emails.to("ann@shop.example")).verdict()).isEqualTo(Verdict.SENT);
					assertThat(mailer.send(Emails.to("bob@shop.example")).verdict()).isEqualTo(Verdict.SENT);

					assertThat(relay.conversations()).hasSize(2);
					assertThat(relay.conversations()).allMatch((conversation) -> conversation.letters().size() == 1);
				}
			}));
	}

	@Test
	void takesANewConnectionWhenTheRelayHasClosedAKeptOne() {
		this.relay.once(At.END, this.relay.both(this.relay.say("250 Ok"), this.relay.hangUp()));

		assertThat(send().verdict()).isEqualTo(Verdict.SENT);
		assertThat(send().verdict()).isEqualTo(Verdict.SENT);

		assertThat(this.relay.conversations()).hasSize(2);
	}

	@Test
	void triesANewConnectionOnce() {
		send();
		this.relay.on(At.MAIL, this.relay.hangUp());

		assertThat(send())
			.isEqualTo(new AttemptOutcome(Verdict.RETRY, Stage.MAIL, null, "The connection to the relay was lost."));
		assertThat(this.relay.conversations()).hasSize(2);
	}

	@Test
	void triesNothingAgainThatTheRelayMayHaveTaken() {
		send();
		this.relay.on(At.END, this.relay.hangUp());

		assertThat(send())
			.isEqualTo(new AttemptOutcome(Verdict.RETRY, Stage.BODY, null, "The connection to the relay was lost."));
		assertThat(this.relay.conversation().letters()).hasSize(2);
	}

	@Test
	void hasAConnectionForEachThreadThatSends() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			CompletableFuture<?>[] sending = IntStream.range(0, 40)
				.mapToObj((i) -> CompletableFuture.supplyAsync(this::send, threads))
				.toArray(CompletableFuture[]::new);
			CompletableFuture.allOf(sending).join();

			assertThat(Arrays.stream(sending).map(CompletableFuture::join))
				.allMatch((outcome) -> ((AttemptOutcome) outcome).verdict() == Verdict.SENT);
			assertThat(this.relay.conversations()).hasSizeBetween(1, 4);
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void tellsTheRelayAllAddressesInAscii() {
		this.relay.offering("SMTPUTF8");

		send("ann@straße.example");

		assertThat(this.relay.conversation().commandsOfEmails()).containsExactly("MAIL FROM:<belfry@sender.example>",
				"RCPT TO:<ann@xn--strae-oqa.example>", "DATA");
	}

	/** Kept by an earlier Belfry. */
	@Test
	void saysWhyAnAddressCannotBeSentTo() {
		AttemptOutcome outcome = send("o’brien@shop.example");

		assertThat(outcome).isEqualTo(new AttemptOutcome(Verdict.REFUSED, Stage.COMPOSE, null,
				"E-mail cannot be sent to this address: \"’\" is not allowed before the @; use \"'\" instead."));
		assertThat(this.relay.conversations()).isEmpty();
	}

	@Test
	void isClosedForGood() {
		send();
		this.mailer.close();

		await().untilAsserted(() -> assertThat(this.relay.conversation().commands()).endsWith("QUIT"));
	}

	private AttemptOutcome send() {
		return send("ann@shop.example");
	}

	private AttemptOutcome send(String address) {
		return this.mailer.send(Emails.to(address));
	}

	/** More than the operating system takes in for a relay that does not read. */
	private static StoredEmail longEmail() {
		MailContent content = new MailContent("Long", "Long", Collections.nCopies(5, "x".repeat(1 << 20)), List.of(),
				List.of(), List.of());
		return Emails.of("ann@shop.example", content);
	}

	private SmtpMailer mailer(JavaMailSenderImpl settings) {
		return new SmtpMailer(Emails.composer(), settings, this.clock);
	}

	private static SmtpMailer impatient(JavaMailSenderImpl settings) {
		settings.getJavaMailProperties().setProperty("mail.smtp.timeout", Integer.toString(PATIENCE_MILLIS));
		settings.getJavaMailProperties().setProperty("mail.smtp.writetimeout", Integer.toString(PATIENCE_MILLIS));
		return new SmtpMailer(Emails.composer(), settings, Clock.systemUTC());
	}

}
