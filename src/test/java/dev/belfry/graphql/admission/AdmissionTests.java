package dev.belfry.graphql.admission;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that runs three operations at a time and two of an account, of which one may
 * wait. Reads of the history last until a lock is given back.
 */
class AdmissionTests {

	private static final String HISTORY = "{ jobNotifications { nodes { id } } }";

	private static final String CHEAP = "{ viewer { scopes } }";

	private static final String URL = TestDatabase.createDatabase();

	private static final LocalNode NODE = LocalNode.start(URL, "belfry.requests.running=3",
			"belfry.requests.account-running=2", "belfry.requests.account-waiting=1", "belfry.requests.longest-wait=3s",
			"belfry.notifier.enabled=false");

	private static final String GREEDY = TestTokens.owner("greedy");

	private static final String MODEST = TestTokens.owner("modest");

	@BeforeAll
	static void createAccounts() {
		NODE.accounts().create("greedy");
		NODE.accounts().create("modest");
		assertThat(ask(Transport.HTTP, GREEDY, HISTORY).codes()).isEmpty();
		assertThat(ask(Transport.HTTP, MODEST, CHEAP).codes()).isEmpty();
	}

	@AfterAll
	static void stop() {
		NODE.close();
	}

	/** Each is answered or refused, and others are answered meanwhile. */
	@ParameterizedTest
	@EnumSource
	void refusesWhatAnAccountSendsBeyondItsShare(Transport transport) throws SQLException {
		List<CompletableFuture<Reply>> sent;
		try (Lock lock = Lock.take()) {
			sent = IntStream.range(0, 10).mapToObj((i) -> later(() -> ask(transport, GREEDY, HISTORY))).toList();
			Awaitility.await().until(() -> done(sent) == 7);

			assertThat(ask(transport, MODEST, CHEAP).codes()).isEmpty();
			assertThat(running()).isEqualTo(2);
			lock.release();
		}

		List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();
		assertThat(replies).filteredOn((reply) -> reply.codes().isEmpty()).hasSize(3);
		assertThat(replies).filteredOn((reply) -> reply.codes().equals(List.of("OVERLOADED"))).hasSize(7);
		Awaitility.await().until(() -> running() == 0);
	}

	@Test
	void saysOverHttpWhenToComeAgain() throws SQLException {
		try (Lock lock = Lock.take()) {
			List<CompletableFuture<Reply>> sent = IntStream.range(0, 3)
				.mapToObj((i) -> later(() -> ask(Transport.HTTP, GREEDY, HISTORY)))
				.toList();
			Awaitility.await().until(() -> running() == 2 && waiting() == 1);

			Http.Answer answer = Http.at(NODE.port()).token(GREEDY).ask(HISTORY);
			Http.Answer modern = Http.at(NODE.port())
				.token(GREEDY)
				.with("Accept", "application/graphql-response+json")
				.ask(HISTORY);

			assertThat(answer.status()).isEqualTo(200);
			assertThat(modern.status()).isEqualTo(503);
			assertThat(List.of(answer, modern)).allSatisfy((each) -> {
				assertThat(each.code()).isEqualTo("OVERLOADED");
				assertThat(each.headers()).containsEntry("retry-after", List.of("1"));
				assertThat(each.json().at("/errors/0/extensions/retryAfterSeconds").asInt()).isEqualTo(1);
				assertThat(each.message()).contains("belfry.requests.account-running");
			});
			assertThat(Http.at(NODE.port()).get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(sent).noneMatch(CompletableFuture::isDone);
			lock.release();
		}
		Awaitility.await().until(() -> running() == 0);
	}

	/** Who subscribes and completes in a loop has no more running than anybody. */
	@Test
	void countsAnOperationUntilItsWorkIsOverThoughItsClientCompletedIt() throws SQLException {
		try (RawWebSocket socket = RawWebSocket.connect(NODE.port()).init(GREEDY)) {
			try (Lock lock = Lock.take()) {
				for (int i = 0; i < 30; i++) {
					socket.subscribe("loop-" + i, HISTORY, Map.of());
					socket.send(Map.of("id", "loop-" + i, "type", "complete"));
				}
				Awaitility.await().until(() -> running() == 2);

				assertThat(ask(Transport.HTTP, MODEST, CHEAP).codes()).isEmpty();
				assertThat(ask(Transport.WEBSOCKET, GREEDY, HISTORY, 2)).contains(List.of("OVERLOADED"));
				assertThat(running()).isEqualTo(2);
				lock.release();
			}
			Awaitility.await().until(() -> running() == 0 && waiting() == 0);
			socket.subscribe("after", CHEAP, Map.of());

			Map<String, Object> answer = socket.message();
			assertThat(answer).containsEntry("id", "after").containsEntry("type", "next");
		}
		Awaitility.await().until(() -> running() == 0);
	}

	/** One that waits is forgotten with its client. */
	@Test
	void runsNothingThatNobodyWaitsForAnyMore() throws SQLException {
		BelfryClient client = NODE.client(GREEDY);
		try (Lock lock = Lock.take()) {
			List<CompletableFuture<Reply>> sent = IntStream.range(0, 2)
				.mapToObj((i) -> later(() -> ask(Transport.HTTP, GREEDY, HISTORY)))
				.toList();
			Awaitility.await().until(() -> running() == 2);
			CompletableFuture<?> waits = client.send("jobNotifications", Map.of()).toFuture();
			Awaitility.await().until(() -> waiting() == 1);

			waits.cancel(true);

			Awaitility.await().until(() -> waiting() == 0);
			assertThat(sent).noneMatch(CompletableFuture::isDone);
			lock.release();
		}
		Awaitility.await().until(() -> running() == 0);
	}

	/** It does not keep the platform from handing in for others. */
	@Test
	void givesThePlatformAShareForEachAccountThatItNames() throws SQLException {
		String platform = TestTokens.platform();
		List<CompletableFuture<Http.Answer>> held = new ArrayList<>();
		try (Lock lock = Lock.take()) {
			for (int i = 0; i < 2; i++) {
				held.add(later(() -> record(platform, "greedy")));
			}
			Awaitility.await().until(() -> running() == 2);

			assertThat(Http.at(NODE.port())
				.token(platform)
				.ask("mutation ($input: UpsertAccountsInput!) { upsertAccounts(input: $input) { userErrors { code } } }",
						Map.of("input", Map.of("accounts", List.of(Map.of("externalId", "new", "name", "New")))))
				.code()).isEmpty();
			assertThat(held).noneMatch(CompletableFuture::isDone);
			lock.release();
		}
		held.forEach(CompletableFuture::join);
	}

	private static Http.Answer record(String token, String account) {
		return Http.at(NODE.port())
			.token(token)
			.run("recordJobCompletions",
					Map.of("input", Map.of("account", account, "completions", List.of(Completions.one()))));
	}

	private static Reply ask(Transport transport, String token, String document) {
		return transport.ask(NODE.port(), token, document, Map.of());
	}

	/** The codes of so many, asked at the same time. */
	private static List<List<String>> ask(Transport transport, String token, String document, int number) {
		List<CompletableFuture<Reply>> all = IntStream.range(0, number)
			.mapToObj((i) -> later(() -> ask(transport, token, document)))
			.toList();
		Awaitility.await().until(() -> done(all) > 0);
		return all.stream().filter(CompletableFuture::isDone).map((reply) -> reply.join().codes()).toList();
	}

	private static <T> CompletableFuture<T> later(Supplier<T> work) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				answer.complete(work.get());
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return answer;
	}

	private static long done(List<CompletableFuture<Reply>> sent) {
		return sent.stream().filter(CompletableFuture::isDone).count();
	}

	private static double running() {
		return NODE.bean(MeterRegistry.class).get("belfry.requests.running").gauge().value();
	}

	private static double waiting() {
		return NODE.bean(MeterRegistry.class).get("belfry.requests.waiting").gauge().value();
	}

	/** Nobody reads or writes the history meanwhile. */
	private record Lock(Connection holder) implements AutoCloseable {

		static Lock take() throws SQLException {
			Connection holder = TestDatabase.connect(URL);
			holder.setAutoCommit(false);
			try (Statement statement = holder.createStatement()) {
				statement.setQueryTimeout((int) Duration.ofSeconds(10).toSeconds());
				statement.execute("lock table job_notification in access exclusive mode");
			}
			return new Lock(holder);
		}

		void release() throws SQLException {
			this.holder.rollback();
		}

		@Override
		public void close() throws SQLException {
			this.holder.close();
		}

	}

}
