package dev.belfry.web.connections;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.EventStream;
import dev.belfry.testing.Http;
import dev.belfry.testing.Http.Answer;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.RawHttp;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.RawWebSocket.Frame;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that take or hold too much are refused or cut, and nobody else is; with
 * small limits. {@code ConnectionFloodTests} has many connections.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionLimitTests {

	private static final String BELL = "subscription { bell { unseenCount } }";

	private static final String PROTOCOL = "Sec-WebSocket-Protocol: graphql-transport-ws";

	/** Some 850 KB. */
	private static final String LONG = "{ " + IntStream.range(0, 25)
		.mapToObj((i) -> "t" + i + ": eventTypes { key title description fields { path label description"
				+ " fields { path label description } } }")
		.collect(Collectors.joining(" ")) + " }";

	private static final Map<String, ?> PONG = Map.of("type", "pong");

	private static final int CONNECTIONS = 24;

	private final String account = "shop-" + UUID.randomUUID();

	private final String token = TestTokens.owner(this.account);

	private final String other = TestTokens.user(this.account, "other", TestTokens.ALL_SCOPES);

	private LocalNode node;

	private Connections connections;

	@BeforeAll
	void start() {
		this.node = LocalNode.start(TestDatabase.createDatabase(), "belfry.connections.limit=" + CONNECTIONS,
				"belfry.connections.head-timeout=400ms", "belfry.connections.idle-timeout=400ms",
				"belfry.connections.body-timeout=400ms", "belfry.connections.body-memory=4MB",
				"belfry.connections.unread-timeout=800ms", "belfry.live.connections-per-token=3",
				"belfry.live.connections-per-account=4", "belfry.live.operations-per-token=4",
				"belfry.live.newcomers=2", "belfry.socket.messages=20");
		this.connections = this.node.bean(Connections.class);
		this.node.accounts().create(this.account);
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@AfterEach
	void leavesNothingBehind() {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).untilAsserted(() -> {
			assertThat(this.connections.bodies()).isZero();
			assertThat(this.node.bean(Seats.class).callers()).isZero();
			assertThat(this.node.bean(Newcomers.class).size()).isZero();
		});
	}

	@Test
	void givesATokenAndAnAccountSoManyLiveConnectionsAndNoMore() {
		List<AutoCloseable> open = new ArrayList<>(many(2, (i) -> socket().init(this.token)));
		open.add(stream(this.token));
		try (RawWebSocket oneMore = socket()) {
			Frame closing = refused(oneMore, this.token);
			assertThat(closing.code()).isEqualTo(4429);
			assertThat(closing.reason())
				.isEqualTo("A token may have 3 (belfry.live.connections-per-token) live connections."
						+ " Close one first. Try again in 5 s.");
		}
		try (EventStream refused = stream(this.token)) {
			assertThat(refused.head()).first().asString().contains("429");
			assertThat(refused.head()).contains("Retry-After: 5");
		}
		try (RawWebSocket named = RawWebSocket.connect(this.node.port(), 1 << 12, PROTOCOL,
				"Authorization: Bearer " + this.token)) {
			assertThat(named.handshake()).first().asString().contains("429");
		}
		open.add(socket().init(this.other));
		try (RawWebSocket oneMore = socket()) {
			assertThat(refused(oneMore, this.other).reason()).startsWith("An account may have 4");
		}
		open.forEach(ConnectionLimitTests::close);
		Awaitility.await().untilAsserted(() -> assertThat(this.node.bean(Seats.class).callers()).isZero());
		close(socket().init(this.token));
	}

	@Test
	void runsSoManyOperationsOfATokenAndNoMore() {
		try (RawWebSocket one = socket().init(this.token); RawWebSocket two = socket().init(this.token)) {
			IntStream.range(0, 3).forEach((i) -> begin(one, "id-" + i));
			begin(two, "first");
			two.subscribe("second", BELL, Map.of());
			assertThat(two.message().toString()).contains("error", "TOO_MANY_OPERATIONS",
					"belfry.live.operations-per-token");

			one.send(Map.of("id", "id-0", "type", "complete"));
			one.subscribe("query", "{ __typename }", Map.of());
			assertThat(one.message()).containsEntry("type", "next");
			assertThat(one.message()).containsEntry("type", "complete");
			Awaitility.await().untilAsserted(() -> begin(two, "third"));
		}
	}

	@Test
	void closesTheOldestSocketThatHasShownNoTokenWhenTooManyCome() {
		try (RawWebSocket oldest = newcomer(1); RawWebSocket second = newcomer(2); RawWebSocket third = socket()) {
			Frame closing = oldest.closing();
			assertThat(closing.code()).isEqualTo(1013);
			assertThat(closing.reason()).isEqualTo("Too many sockets wait for connection_init");
			second.init(this.token);
			third.init(this.token);
		}
	}

	@Test
	void closesASocketThatSendsTooManyMessages() {
		try (RawWebSocket hasty = socket().init(this.token)) {
			hasty.sendTogether(Collections.nCopies(200, PONG));
			Frame closing = hasty.closing();
			assertThat(closing.code()).isEqualTo(4429);
			assertThat(closing.reason()).isEqualTo("Too many messages (belfry.socket.messages)");
		}
	}

	@Test
	void closesConnectionsOnWhichNoRequestComes() {
		try (RawHttp silent = connect();
				RawHttp half = connect().send("GET /actuator/health/live");
				RawHttp idle = connect().send("GET /actuator/health/liveness HTTP/1.1\r\nHost: x\r\n\r\n")) {
			assertThat(silent.rest()).isEmpty();
			assertThat(half.rest()).isEmpty();
			assertThat(idle.rest()).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void refusesABodyThatComesTooSlowly() {
		try (RawHttp slow = connect().send(RawHttp.head(this.token, 1000) + "{")) {
			assertThat(slow.rest()).startsWith("HTTP/1.1 408")
				.contains("REQUEST_TIMEOUT", "belfry.connections.body-timeout");
		}
	}

	@Test
	void refusesABodyThatIsTooLongBeforeItComes() {
		try (RawHttp huge = connect().send(RawHttp.head(this.token, 5 << 20))) {
			assertThat(huge.rest()).startsWith("HTTP/1.1 413").contains("PAYLOAD_TOO_LARGE", "4 MiB");
		}
		assertThat(Http.at(this.node.port()).token(this.token).postChunked(5 << 20).code())
			.isEqualTo("PAYLOAD_TOO_LARGE");
	}

	@Test
	void holdsNoMoreBodiesThanThereIsMemoryFor() {
		String most = "{\"query\":\"" + " ".repeat(1_900_000);
		String platform = TestTokens.platform();
		try (RawHttp one = connect(); RawHttp two = connect(); RawHttp three = connect()) {
			one.send(RawHttp.head(this.token, 2_000_000) + most);
			awaitBodies(1_900_000);
			two.send(RawHttp.head(this.other, 2_000_000) + most);
			awaitBodies(3_800_000);
			three.send(RawHttp.head(platform, 2_000_000) + most);

			assertThat(one.rest()).startsWith("HTTP/1.1 503")
				.containsIgnoringCase("Retry-After: 5")
				.contains("OVERLOADED", "belfry.connections.body-memory");
			assertThat(Http.at(this.node.port()).token(this.token).ask("{ __typename }").status()).isEqualTo(200);
			two.send("{ __typename }\"" + " ".repeat(100_000));
			three.send("{ __typename }\"" + " ".repeat(100_000));
		}
	}

	private void awaitBodies(long bytes) {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.connections.bodies() >= bytes);
	}

	/** A platform's large batch of one account beside its small call of another. */
	@Test
	void takesASmallBodyBesideALargeOneOfTheSameCaller() {
		String most = "{\"query\":\"" + " ".repeat(2_500_000);
		try (RawHttp large = connect().send(RawHttp.head(this.token, 3_000_000) + most)) {
			awaitBodies(2_400_000);

			assertThat(Http.at(this.node.port()).token(this.token).ask("{ __typename }").status()).isEqualTo(200);
			large.send("{ __typename }\"");
		}
	}

	@Test
	void cutsWhoDoesNotReadAnAnswer() {
		try (RawHttp deaf = connect()) {
			String body = "{\"query\":\"" + LONG + "\"}";
			IntStream.range(0, 16).forEach((i) -> deaf.send(RawHttp.head(this.token, body.length()) + body));
			Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.connections.unread() > 0);
			Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.connections.unread() == 0);
		}
	}

	@Test
	void closesWhoSendsRequestsFarAheadOfTheirAnswers() {
		try (EventStream stream = stream(this.other); RawHttp hasty = connect()) {
			assertThat(stream.event().name()).isEqualTo("next");
			String body = "{\"query\":\"" + LONG + "\"}";
			IntStream.range(0, 100).forEach((i) -> hasty.send(RawHttp.head(this.token, body.length()) + body));
			assertThat(hasty.rest()).doesNotContain("INTERNAL_ERROR");
		}
	}

	@Test
	void answersOthersWhileMoreConnectThanThereIsRoomFor() {
		List<RawHttp> idle = many(400, (i) -> connect());
		assertThat(Http.at(this.node.port()).get("/actuator/health/readiness").status()).isEqualTo(200);
		assertThat(Http.at(this.node.port()).token(this.token).ask("{ __typename }").status()).isEqualTo(200);
		assertThat(this.connections.open()).isLessThanOrEqualTo(CONNECTIONS + ConnectionSettings.GUESTS);
		idle.forEach(RawHttp::close);
	}

	@Test
	void tellsHowItIsWhenAllConnectionsAreInUse() {
		List<RawWebSocket> busy = IntStream.range(0, CONNECTIONS / 4).boxed().flatMap((i) -> {
			String shop = "shop-" + UUID.randomUUID();
			this.node.accounts().create(shop);
			return many(4, (j) -> socket().init(TestTokens.user(shop, "user-" + j, TestTokens.ALL_SCOPES))).stream();
		}).toList();

		assertThat(Http.at(this.node.port()).get("/actuator/health/readiness").status()).isEqualTo(200);
		Answer refused = Http.at(this.node.port()).token(this.token).ask("{ __typename }");
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.code()).isEqualTo("OVERLOADED");
		assertThat(refused.message()).contains("24 (belfry.connections.limit)");
		assertThat(refused.headers()).containsEntry("retry-after", List.of("5"));
		busy.forEach(RawWebSocket::close);
	}

	private RawHttp connect() {
		return RawHttp.connect(this.node.port());
	}

	/** The node knows of it some time after its client does. */
	private RawWebSocket newcomer(int number) {
		RawWebSocket socket = socket();
		Awaitility.await().until(() -> this.node.bean(Newcomers.class).size() == number);
		return socket;
	}

	private RawWebSocket socket() {
		return RawWebSocket.connect(this.node.port());
	}

	private EventStream stream(String token) {
		return EventStream.open(this.node.port(), 1 << 12, token, BELL, Map.of());
	}

	private static Frame refused(RawWebSocket socket, String token) {
		socket.send(Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer " + token)));
		return socket.closing();
	}

	private static void begin(RawWebSocket socket, String id) {
		socket.subscribe(id, BELL, Map.of());
		assertThat(socket.message()).containsEntry("type", "next");
	}

	private static <T> List<T> many(int number, IntFunction<T> one) {
		return IntStream.range(0, number).mapToObj(one).toList();
	}

	private static void close(AutoCloseable open) {
		try {
			open.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
