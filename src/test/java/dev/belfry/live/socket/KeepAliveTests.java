package dev.belfry.live.socket;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.RawWebSocket.Frame;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** Dead peers are noticed (promise 13), and a node that stops says so (promise 38). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeepAliveTests {

	private static final String BELL = "subscription { bell { unseenCount } }";

	/** Some 100 KB. */
	private static final String LONG = "{ eventTypes { key title description fields { path label description"
			+ " fields { path label description } } } }";

	private static final Map<String, Object> PING = Map.of("type", "ping");

	private String database;

	private LocalNode node;

	/** With the usual intervals. */
	private LocalNode patient;

	private String account;

	@BeforeAll
	void startNode() {
		this.database = TestDatabase.createDatabase();
		this.node = LocalNode.start(this.database, "belfry.socket.keep-alive=200ms");
		this.patient = LocalNode.start(this.database);
		this.account = "shop-" + UUID.randomUUID();
		register(this.node);
	}

	@AfterAll
	void stopNode() {
		this.patient.close();
		this.node.close();
	}

	@Test
	void closesAPeerThatDoesNotAnswerTwoPings() {
		try (RawWebSocket silent = RawWebSocket.connect(this.node.port())) {
			silent.init(TestTokens.owner(this.account));

			assertThat(silent.message()).isEqualTo(PING);
			assertThat(silent.message()).isEqualTo(PING);
			Frame closing = silent.frame();
			assertThat(closing.code()).isEqualTo(1001);
			assertThat(closing.reason()).isEqualTo("No answer to two pings");
		}
	}

	@Test
	void keepsAPeerThatAnswersHoweverLittleItSays() {
		try (RawWebSocket alive = RawWebSocket.connect(this.node.port())) {
			alive.init(TestTokens.owner(this.account));

			for (int i = 0; i < 8; i++) {
				assertThat(alive.message()).isEqualTo(PING);
				alive.send(Map.of("type", "pong"));
			}
		}
	}

	@Test
	void cutsAPeerThatHasStoppedReadingWithoutWaitingForTheNetwork() {
		GraphQlOverWebSocket sockets = this.node.bean(GraphQlOverWebSocket.class);
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> sockets.open() == 0);
		BelfryClient platform = this.node.client(TestTokens.platform());
		String start = this.node.client(TestTokens.owner(this.account)).bell().cursor();
		IntStream.range(0, 40)
			.forEach((i) -> platform.record(this.account, Completions.of(500)).block(BelfryClient.TIMEOUT));
		try (RawWebSocket stopped = RawWebSocket.connect(this.node.port(), 4096,
				"Sec-WebSocket-Protocol: graphql-transport-ws")) {
			stopped.init(TestTokens.owner(this.account))
				.subscribe("feed",
						"subscription($since: Cursor) { jobNotifications(since: $since) {"
								+ " nodes { id cursor summary integrationName originName runId } endCursor } }",
						Map.of("since", start));
			Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> sockets.open() == 1);

			Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> sockets.open() == 0);
		}
	}

	/**
	 * Its answers filled the memory, as whatever it sent was taken for a sign of life.
	 */
	@Test
	void cutsAPeerThatSendsAndNeverReads() {
		GraphQlOverWebSocket sockets = this.node.bean(GraphQlOverWebSocket.class);
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> sockets.open() == 0);
		try (RawWebSocket deaf = RawWebSocket.connect(this.node.port(), 4096,
				"Sec-WebSocket-Protocol: graphql-transport-ws")) {
			deaf.init(TestTokens.owner(this.account));

			Awaitility.await().atMost(BelfryClient.TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> {
				try {
					deaf.subscribe(UUID.randomUUID().toString(), LONG, Map.of());
					deaf.sendFrame(RawWebSocket.PONG, new byte[0]);
					return false;
				}
				catch (UncheckedIOException cut) {
					return true;
				}
			});
			assertThat(sockets.open()).isZero();
		}
	}

	@Test
	void answersEverythingOnceItsPeerReads() {
		try (RawWebSocket slow = RawWebSocket.connect(this.patient.port(), 4096,
				"Sec-WebSocket-Protocol: graphql-transport-ws")) {
			slow.init(TestTokens.owner(this.account));
			List<String> ids = IntStream.range(0, 90).mapToObj(Integer::toString).toList();
			ids.forEach((id) -> slow.subscribe(id, LONG, Map.of()));

			List<Object> completed = new ArrayList<>();
			while (completed.size() < ids.size()) {
				Map<String, Object> message = slow.message();
				if (message.get("type").equals("complete")) {
					completed.add(message.get("id"));
				}
			}

			assertThat(completed).containsExactlyInAnyOrderElementsOf(ids);
		}
	}

	@Test
	void sendsItsClientsElsewhereWhenItStops() {
		LocalNode stopping = LocalNode.start(this.database);
		try (RawWebSocket idle = RawWebSocket.connect(stopping.port());
				RawWebSocket listening = RawWebSocket.connect(stopping.port())) {
			idle.init(TestTokens.owner(this.account));
			listening.init(TestTokens.owner(this.account)).subscribe("bell", BELL, Map.of());
			listening.message();

			stopping.close();

			assertThat(idle.closing().code()).isEqualTo(1012);
			assertThat(listening.closing().code()).isEqualTo(1012);
		}
	}

	private void register(LocalNode node) {
		node.client(TestTokens.platform())
			.run("upsertAccounts",
					Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Shop")))));
		node.client(TestTokens.owner(this.account)).bell();
	}

}
