package dev.belfry.live.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** Many operations on a socket, and many sockets on a node, leave nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketCyclesTests {

	private static final List<String> OPERATIONS = List.of("subscription { bell { unseenCount } }",
			"subscription { jobNotifications { nodes { id } endCursor } }", "{ viewer { account { externalId } } }");

	private static final int AT_A_TIME = 50;

	/** Pools and caches of the platform may have so many more than before. */
	private static final int SLACK = 100;

	private ProcessNode node;

	private final List<Client> clients = new ArrayList<>();

	/** With all its connections to the database, for each of them keeps something. */
	@BeforeAll
	void startNode() {
		this.node = ProcessNode.start(TestDatabase.createDatabase(), "spring.r2dbc.pool.initial-size=20",
				"belfry.socket.messages=100000");
		BelfryClient platform = new BelfryClient(this.node.port(), TestTokens.platform());
		for (int i = 0; i < 10; i++) {
			String account = "shop-" + UUID.randomUUID();
			platform.run("upsertAccounts",
					Map.of("input", Map.of("accounts", List.of(Map.of("externalId", account, "name", "Shop")))));
			this.clients.add(new Client(account, TestTokens.owner(account), platform));
		}
	}

	@AfterAll
	void stopNode() {
		this.node.close();
	}

	@Test
	void aSocketAnswersAfterManyOperations() {
		answersAfter(1_000);
	}

	@Tag("long")
	@Test
	void aSocketAnswersAfterTenThousandOperations() {
		answersAfter(10_000);
	}

	private void answersAfter(int operations) {
		try (RawWebSocket socket = RawWebSocket.connect(this.node.port())) {
			socket.init(this.clients.get(0).token);
			for (int i = 0; i < operations; i++) {
				operate(socket, i);
				socket.send(Map.of("id", "operation-" + i, "type", "complete"));
			}

			socket.send(Map.of("type", "ping"));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void eventsLeaveNothingBehindWhileSubscriptionsLive() throws Exception {
		List<Listener> listeners = this.clients.stream().limit(5).map(this::listener).toList();
		try {
			listen(listeners, 200);
			Residue before = Residue.of(this.node.pid());

			int events = 1_000;
			listen(listeners, events);

			Awaitility.await()
				.atMost(BelfryClient.TIMEOUT)
				.untilAsserted(() -> assertThat(
						Residue.of(this.node.pid()).since(before, "(io\\.netty|reactor|graphql)\\..*", events / 2))
					.isEmpty());
		}
		finally {
			listeners.forEach((listener) -> listener.socket().close());
		}
	}

	private Listener listener(Client client) {
		RawWebSocket socket = RawWebSocket.connect(this.node.port()).init(client.token);
		for (String selection : List.of("endCursor", "nodes { runId read integration { name } }")) {
			socket.subscribe(selection, "subscription { jobNotifications { " + selection + " } }", Map.of());
			assertThat(next(socket, selection)).containsEntry("type", "next");
		}
		return new Listener(client, socket);
	}

	/**
	 * Together, since an event of an account waits for others of it before it is told.
	 */
	private static void listen(List<Listener> listeners, int events) {
		for (int i = 0; i < events; i += listeners.size()) {
			listeners.forEach((listener) -> listener.client().record());
			for (Listener listener : listeners) {
				assertThat(told(listener.socket())).containsEntry("type", "next");
				assertThat(told(listener.socket())).containsEntry("type", "next");
			}
		}
	}

	/** A machine can be so slow that the server asks meanwhile whether a client lives. */
	private static Map<String, Object> told(RawWebSocket socket) {
		Map<String, Object> message = socket.message();
		while ("ping".equals(message.get("type"))) {
			socket.send(Map.of("type", "pong"));
			message = socket.message();
		}
		return message;
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void socketsLeaveNothingBehind() throws Exception {
		leaveNothingBehind(1_000);
	}

	@Tag("long")
	@Test
	@EnabledOnOs(OS.LINUX)
	void aHundredThousandSocketsLeaveNothingBehind() throws Exception {
		leaveNothingBehind(100_000);
	}

	private void leaveNothingBehind(int sockets) throws Exception {
		connect(2_000);
		awaitNobodyThere();
		Residue before = Residue.of(this.node.pid());

		connect(sockets);

		awaitNobodyThere();
		Awaitility.await().atMost(BelfryClient.TIMEOUT).untilAsserted(() -> {
			Residue after = Residue.of(this.node.pid());
			// Tokens are remembered for a while, within a bound of their own.
			assertThat(after.since(before, "dev\\.belfry\\.(transport|bell)\\.(?!VerifiedTokens).*", 0)).isEmpty();
			assertThat(after.since(before, "(dev\\.belfry|io\\.netty|reactor|graphql)\\..*", SLACK)).isEmpty();
			assertThat(after.files() - before.files()).isLessThan(SLACK);
		});
	}

	private void connect(int sockets) throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
		try {
			List<Future<?>> cycles = new ArrayList<>();
			IntStream.range(0, sockets).forEach((i) -> cycles.add(threads.submit(() -> cycle(i))));
			for (Future<?> cycle : cycles) {
				cycle.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Comes, and goes in one of four ways. */
	private void cycle(int i) {
		Client client = this.clients.get(i % this.clients.size());
		try (RawWebSocket socket = RawWebSocket.connect(this.node.port())) {
			socket.init(client.token);
			operate(socket, i);
			if (i % 100 == 0) {
				client.record();
			}
			switch (i / 3 % 4) {
				case 0 -> {
					socket.send(Map.of("id", "operation-" + i, "type", "complete"));
					socket.sendFrame(RawWebSocket.CLOSE, new byte[] { 3, (byte) 0xe8 });
					assertThat(socket.closing().code()).isEqualTo(1000);
				}
				case 1 -> {
					socket.send(Map.of("id", "operation-" + i, "type", "complete"));
					socket.cut();
				}
				case 2 -> socket.cut();
				default -> {
				}
			}
		}
	}

	/** Begins an operation, and reads its first message and what ends it by itself. */
	private static void operate(RawWebSocket socket, int i) {
		String id = "operation-" + i;
		socket.subscribe(id, OPERATIONS.get(i % OPERATIONS.size()), Map.of());
		assertThat(next(socket, id)).containsEntry("type", "next");
		if (i % OPERATIONS.size() == 2) {
			assertThat(next(socket, id)).containsEntry("type", "complete");
		}
	}

	/** Passes over what earlier operations still sent. */
	private static Map<String, Object> next(RawWebSocket socket, String id) {
		Map<String, Object> message = socket.message();
		while (!id.equals(message.get("id"))) {
			message = socket.message();
		}
		return message;
	}

	private void awaitNobodyThere() {
		Http platform = Http.at(this.node.port()).token(TestTokens.platform());
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.untilAsserted(() -> assertThat(platform.get("/actuator/prometheus").body())
				.contains("belfry_live_sockets 0.0", "belfry_live_accounts 0.0", "belfry_live_ring_bytes 0.0"));
	}

	/** With two subscriptions. */
	private record Listener(Client client, RawWebSocket socket) {
	}

	private record Client(String account, String token, BelfryClient platform) {

		void record() {
			this.platform.record(this.account, Completions.of(5)).block(BelfryClient.TIMEOUT);
		}

	}

}
