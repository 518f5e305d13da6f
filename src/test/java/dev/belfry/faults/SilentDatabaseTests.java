package dev.belfry.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.belfry.testing.Attempts;
import dev.belfry.testing.Attempts.Outcome;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.OwnDatabase;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.SilentLine;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database falls silent: frozen, or at the end of a line that swallows what is said
 * (promise 36). Nobody waits for it longer than five seconds, what was acknowledged is
 * there once, and all goes on within ten seconds of the fault's end.
 */
@ExtendWith(OutputCaptureExtension.class)
class SilentDatabaseTests {

	private static final Duration RECOVERY = Duration.ofSeconds(10);

	private static OwnDatabase database;

	private static SilentLine line;

	private static LocalNode node;

	private final Set<String> created = ConcurrentHashMap.newKeySet();

	private String account;

	@BeforeAll
	static void start() {
		database = OwnDatabase.start();
		line = SilentLine.to(database.port());
		node = LocalNode.start(OwnDatabase.url(line.port()), "belfry.alerts.overdue-interval=1s",
				"belfry.retention.initial-delay=1s", "belfry.retention.interval=1s");
	}

	@AfterAll
	static void stop() {
		node.close();
		line.close();
		database.close();
	}

	@BeforeEach
	void register() {
		this.account = "shop-" + UUID.randomUUID();
		this.created.clear();
		client(TestTokens.platform()).run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Shop")))));
	}

	@Test
	void isFrozenAndThaws() {
		survive(database::freeze, database::thaw, 4);
	}

	@Test
	void isAtALineThatSwallows() {
		survive(line::swallow, line::speak, 4);
	}

	@Test
	void hasForgottenAllConnectionsThatThereWere() {
		survive(() -> {
		}, line::deaden, 0);
	}

	@Test
	void writesALineWhenAnOutageBeginsAndOneWhenItEnds(CapturedOutput output) {
		try (Attempts records = Attempts.toRecord(this.account, 4, node.port());
				RawWebSocket bell = RawWebSocket.connect(node.port()).init(TestTokens.owner(this.account))) {
			bell.subscribe("bell", ClientSamples.document("bellChanges"), Map.of());
			awaitMore(records, 10);
			int before = output.getAll().length();

			line.cut();
			refuseFor(3, records);
			line.speak();
			awaitMore(records, 10);
			Awaitility.await().until(SilentDatabaseTests::isReady);

			assertThat(output.getAll().substring(before).lines()).satisfiesExactly(
					(begin) -> assertThat(begin).contains("WARN  DatabaseWatch: The database does not answer"),
					(end) -> assertThat(end)
						.contains("INFO  DatabaseWatch: The database answers and takes writes again"));
		}
	}

	@Test
	void refusesWritesAndIsNotReadyUntilItTakesThemAgain() {
		try (Attempts records = Attempts.toRecord(this.account, 2, node.port())) {
			awaitMore(records, 5);

			database.execute("alter system set default_transaction_read_only = on");
			database.execute("select pg_reload_conf()");
			Awaitility.await().atMost(RECOVERY).until(() -> !isReady());
			Awaitility.await().atMost(RECOVERY).until(() -> records.number(Outcome.REFUSED) > 5);
			database.execute("set default_transaction_read_only = off");
			database.execute("alter system reset default_transaction_read_only");
			database.execute("select pg_reload_conf()");
			Awaitility.await().atMost(RECOVERY).until(SilentDatabaseTests::isReady);
			awaitMore(records, 5);

			List<String> recorded = records.finish();
			assertThat(runs()).containsExactlyInAnyOrderElementsOf(recorded);
			assertThat(records.number(Outcome.UNKNOWN)).isZero();
		}
	}

	@Tag("long")
	@Test
	void isFrozenForALongTime() {
		survive(database::freeze, database::thaw, 60);
	}

	@Tag("long")
	@Test
	void isAtALineThatSwallowsForALongTime() {
		survive(line::swallow, line::speak, 60);
	}

	@Tag("long")
	@Test
	void forgetsAllConnectionsAgainAndAgain() {
		for (int i = 0; i < 20; i++) {
			register();
			survive(() -> {
			}, line::deaden, 0);
		}
	}

	private void survive(Runnable begin, Runnable end, int seconds) {
		try (Attempts records = Attempts.toRecord(this.account, 8, node.port());
				Attempts lists = Attempts.start(this::createList, 2, node.port())) {
			awaitMore(records, 20);
			begin.run();
			refuseFor(seconds, records);
			end.run();
			Awaitility.await().atMost(RECOVERY).until(SilentDatabaseTests::isReady);
			awaitMore(records, 20);
			awaitMore(lists, 2);

			List<String> recorded = records.finish();
			lists.finish();
			assertThat(runs()).containsExactlyInAnyOrderElementsOf(recorded);
			assertThat(lists()).isNotEmpty().containsExactlyInAnyOrderElementsOf(this.created);
			assertThat(records.slowest()).isLessThan(Attempts.LONGEST_ANSWER);
			assertThat(lists.slowest()).isLessThan(Attempts.LONGEST_ANSWER);
			assertThat(records.number(Outcome.UNKNOWN) + lists.number(Outcome.UNKNOWN)).isZero();
			assertThat(seconds == 0 || records.number(Outcome.REFUSED) > 0).isTrue();
		}
	}

	/** Readiness answers within its second, in the end that the node is not ready. */
	private static void refuseFor(int seconds, Attempts records) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		boolean ready = true;
		while (System.nanoTime() < end) {
			long asked = System.nanoTime();
			ready = isReady();
			assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
			pause();
		}
		assertThat(ready).isEqualTo(seconds == 0);
	}

	private static void awaitMore(Attempts attempts, int more) {
		long before = attempts.number(Outcome.OK);
		Awaitility.await().atMost(RECOVERY).until(() -> attempts.number(Outcome.OK) >= before + more);
	}

	private static boolean isReady() {
		return Http.at(node.port()).get("/actuator/health/readiness").status() == 200;
	}

	/** An account has so many lists at most, and is told so when it has them. */
	private Http.Answer createList(int port, String key) {
		Http.Answer answer = Http.at(port)
			.token(TestTokens.owner(this.account))
			.ask("mutation($input: CreateRecipientListInput!) { createRecipientList(input: $input) { userErrors { message } } }",
					Map.of("input",
							Map.of("name", key, "idempotencyKey", key, "addresses", List.of("a@shop.example"))));
		if (answer.code().isEmpty() && answer.json().at("/data/createRecipientList/userErrors").isEmpty()) {
			this.created.add(key);
		}
		return answer;
	}

	private List<String> runs() {
		return database.list(Attempts.recordedFor(this.account));
	}

	private List<String> lists() {
		return database
			.list("select r.name from recipient_list r join account a using (account_id) where a.external_id = '"
					+ this.account + "'");
	}

	private static BelfryClient client(String token) {
		return node.client(token);
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
