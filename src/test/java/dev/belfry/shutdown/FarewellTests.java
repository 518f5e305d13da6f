package dev.belfry.shutdown;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.Attempts;
import dev.belfry.testing.Attempts.Outcome;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Completions;
import dev.belfry.testing.EventStream;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** A node stops (promise 38): no connection closes with an answer owed. */
class FarewellTests {

	/** Every transaction takes its time. */
	private static final String SLOW = """
			create function take_time() returns trigger language plpgsql as $$
			begin
			  perform pg_sleep(0.3);
			  return null;
			end
			$$;
			create trigger slow before insert on job_run execute function take_time()""";

	private final String account = "shop-" + UUID.randomUUID();

	private String database;

	private LocalNode node;

	private CompletableFuture<Void> stopped;

	@BeforeEach
	void start() {
		this.database = TestDatabase.createDatabase();
	}

	@AfterEach
	void stop() {
		if (this.node != null) {
			this.node.close();
		}
	}

	@Test
	void answersEveryMutationThatItRecords() {
		List<String> answered;
		try (ProcessNode process = ProcessNode.start(this.database)) {
			prepare(process.port());
			try (Attempts attempts = Attempts.toRecord(this.account, 12, process.port())) {
				Awaitility.await().until(() -> attempts.number(Outcome.OK) > 24);

				process.stop();

				answered = attempts.abandon();
			}
		}
		assertThat(recorded()).containsExactlyInAnyOrderElementsOf(answered);
	}

	@Test
	void endsServerSentEventsWithAWordAndComplete() {
		startNode("0s");
		try (EventStream stream = EventStream.open(this.node.port(), 1 << 16, TestTokens.owner(this.account),
				ClientSamples.document("jobNotificationFeed"), Map.of())) {
			stream.event();

			stopNode();

			EventStream.Event end = stream.event();
			assertThat(end.json().at("/errors/0/extensions/code").asString()).isEqualTo("UNAVAILABLE");
			assertThat(end.json().at("/errors/0/extensions/retryable").asBoolean()).isTrue();
			assertThat(stream.event().name()).isEqualTo("complete");
			assertThat(stream.isEnded()).isTrue();
			assertThat(this.stopped).succeedsWithin(BelfryClient.TIMEOUT);
		}
	}

	@Test
	void answersOnASocketBeforeItSendsTheClientToAnotherNode() {
		startNode("0s");
		try (RawWebSocket socket = RawWebSocket.connect(this.node.port()).init(TestTokens.platform())) {
			socket.subscribe("1", ClientSamples.document("recordJobCompletions"),
					Map.of("input", Map.of("account", this.account, "completions", Completions.of(3))));

			stopNode();

			assertThat(socket.message()).containsEntry("type", "next");
			assertThat(socket.message()).containsEntry("type", "complete");
			assertThat(socket.closing().code()).isEqualTo(1012);
		}
	}

	@Test
	void isNotReadyAndAnswersUntilTheDelayIsOver() {
		startNode("3s");

		stopNode();

		Awaitility.await().until(() -> Http.at(this.node.port()).get("/actuator/health/readiness").status() == 503);
		Http.Answer answer = Http.at(this.node.port())
			.token(TestTokens.owner(this.account))
			.ask("{ viewer { scopes } }");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers()).containsEntry("connection", List.of("close"));
		assertThat(this.stopped).isNotDone().succeedsWithin(BelfryClient.TIMEOUT);
	}

	@Test
	void letsEveryoneInWhenItStartsAgain() {
		startNode("0s");

		this.node.restart();

		Http.Answer answer = Http.at(this.node.port())
			.token(TestTokens.owner(this.account))
			.ask("{ viewer { scopes } }");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers()).doesNotContainKey("connection");
	}

	private void startNode(String delay) {
		this.node = LocalNode.start(this.database, "belfry.shutdown.delay=" + delay);
		prepare(this.node.port());
	}

	private void prepare(int port) {
		new BelfryClient(port, TestTokens.platform()).run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Shop")))));
		TestDatabase.execute(this.database, SLOW);
	}

	private void stopNode() {
		this.stopped = CompletableFuture.runAsync(this.node::close, (task) -> new Thread(task, "stop").start());
	}

	private List<String> recorded() {
		return TestDatabase.list(this.database, "select run_id from job_run");
	}

}
