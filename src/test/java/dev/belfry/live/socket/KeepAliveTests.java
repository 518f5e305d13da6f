package dev.belfry.live.socket;

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

	private static final Map<String, Object> PING = Map.of("type", "ping");

	private String database;

	private LocalNode node;

	private String account;

	@BeforeAll
	void startNode() {
		this.database = TestDatabase.createDatabase();
		this.node = LocalNode.start(this.database, "belfry.socket.keep-alive=200ms");
		this.account = "shop-" + UUID.randomUUID();
		register(this.node);
	}

	@AfterAll
	void stopNode() {
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
