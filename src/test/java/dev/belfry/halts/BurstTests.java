package dev.belfry.halts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.Orders;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand events that an alert with three recipients is about: each has one e-mail
 * now, and one that lists the rest, also if nodes are killed meanwhile.
 */
class BurstTests {

	private static final int ORDERS = 1_000;

	private static final int MOST_IN_A_CALL = 500;

	/** Of the transactions by which a burst is evaluated, one in the middle. */
	private static final int MIDDLE = 3;

	private static final MailRelay RELAY = new MailRelay();

	private static String database;

	private static LocalNode intake;

	private static Ledger ledger;

	/** A node that is never killed. */
	private static NodeProcess survivor;

	private MailedAccount shop;

	@BeforeAll
	static void start() {
		database = TestDatabase.createDatabase();
		intake = LocalNode.start(database, "belfry.notifier.enabled=false", "belfry.mail.threads=0",
				"belfry.retention.initial-delay=1h", "spring.main.sources=" + TestAccounts.class.getName());
		ledger = new Ledger(database, intake.bean(SystemDatabase.class));
		ledger.haveShortLeases(false);
		survivor = launch(1);
	}

	@AfterAll
	static void stop() {
		survivor.close();
		intake.close();
		RELAY.close();
	}

	@BeforeEach
	void publish() {
		ledger.clear();
		this.shop = new MailedAccount(intake.port(), intake.bean(TestAccounts.class), RELAY);
		this.shop.createAlert("Busy", Orders.TYPE,
				Map.of("test", Map.of("field", "order.shipping.country", "operator", "NOT_EQUALS", "value", "US")),
				"Order {{order.number}}", "x", Map.of("persona", "B2B_USER"), Map.of("persona", "ACCOUNT_OWNER"),
				this.shop.email("ops"));
		for (int first = 1; first <= ORDERS; first += MOST_IN_A_CALL) {
			this.shop.publish(IntStream.range(first, first + MOST_IN_A_CALL).mapToObj(this::order).toList());
		}
	}

	private Map<String, Object> order(int number) {
		return Events.one("event-" + number, Orders.TYPE,
				Orders.boughtBy(this.shop.address("buyer"), Orders.of("No. " + number + ".", "FR", 10)));
	}

	@Test
	void givesEachRecipientOneEmailNowAndOneDigestOfTheRest() {
		survivor.start();
		awaitFirstEmails();
		ledger.endWindows();
		await().until(ledger::isDone);
		survivor.stop();

		assertTold();
	}

	@Test
	void doesSoThoughNodesAreKilled() {
		doSoThoughNodesAreKilled(Step.BEFORE_END);
	}

	@Tag("long")
	@ParameterizedTest
	@EnumSource(names = { "BEFORE_DUE", "AFTER_DUE", "BEFORE_END", "AFTER_END" })
	void doesSoWhereverNodesAreKilled(Step step) {
		doSoThoughNodesAreKilled(step);
	}

	/**
	 * One in the middle of the evaluation, and one after the first e-mails and before the
	 * window's end. Neither has an e-mail in hand then.
	 */
	private void doSoThoughNodesAreKilled(Step step) {
		try (NodeProcess evaluating = launch(0); NodeProcess sending = launch(1)) {
			evaluating.haltAt(step, MIDDLE);
			evaluating.start();
			await().until(evaluating::hasEnded);
			assertThat(evaluating.exitCode()).isEqualTo(step.exitCode());
			assertThat(ledger.isEvaluated()).isFalse();
			ledger.endLeases();
			sending.start();
			awaitFirstEmails();
		}
		ledger.endWindows();
		survivor.start();
		await().until(ledger::isDone);
		survivor.stop();

		assertTold();
	}

	private static void awaitFirstEmails() {
		await().until(() -> ledger.isEvaluated() && ledger.sent() == 3);
	}

	private void assertTold() {
		List<ReceivedMail> mails = this.shop.mails();
		assertThat(mails).extracting(ReceivedMail::messageId).doesNotHaveDuplicates();
		Map<String, List<ReceivedMail>> told = mails.stream().collect(Collectors.groupingBy(ReceivedMail::name));
		assertThat(told).containsOnlyKeys("buyer", "olga", "ops");
		assertThat(told.values()).allSatisfy((both) -> {
			assertThat(both).extracting(ReceivedMail::subject).containsExactly("Order No. 1.", "999 \u00d7 Busy");
			assertThat(both.get(1).text().lines().map(BurstTests::order).flatMap(Optional::stream))
				.containsExactlyElementsOf(IntStream.rangeClosed(2, ORDERS).boxed().toList());
		});
		assertThat(ledger.told().values()).containsExactly(ORDERS, ORDERS, ORDERS);
		assertThat(ledger.miscounted()).isZero();
	}

	/** The number of the order that a line tells of. */
	private static Optional<Integer> order(String line) {
		Matcher order = Pattern.compile("Order No\\. (\\d+)\\.").matcher(line);
		return order.find() ? Optional.of(Integer.valueOf(order.group(1))) : Optional.empty();
	}

	/** With windows that stay open until they are ended. */
	private static NodeProcess launch(int mailThreads) {
		return NodeProcess.launch(List.of("--spring.r2dbc.url=" + database, "--spring.r2dbc.username=postgres",
				"--spring.r2dbc.password=postgres",
				"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://issuer.example",
				"--spring.mail.host=127.0.0.1", "--spring.mail.port=" + RELAY.port(), "--belfry.live.hints=false",
				"--belfry.notifier.window=1h", "--belfry.notifier.poll-interval=50ms", "--belfry.buckets.lease=500ms",
				"--belfry.mail.threads=" + mailThreads, "--belfry.mail.poll-interval=50ms"));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(NodeProcess.PATIENCE).pollInterval(Duration.ofMillis(50));
	}

}
