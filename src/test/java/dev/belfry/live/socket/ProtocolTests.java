package dev.belfry.live.socket;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.RawWebSocket.Frame;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The protocol page of {@code graphql-transport-ws} (PROTOCOL.md of enisdenjo/graphql-ws,
 * 6.4), sentence by sentence and in its order; the sentence is above its test.
 */
@BelfryTest
class ProtocolTests {

	private static final String BELL = "subscription { bell { unseenCount } }";

	private static final String QUERY = "{ viewer { account { externalId } } }";

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private GraphQlOverWebSocket sockets;

	private final String account = "shop-" + UUID.randomUUID();

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
	}

	// "The WebSocket sub-protocol for this specification is: graphql-transport-ws."
	@Test
	void speaksTheSubprotocolWhateverElseIsOffered() {
		try (RawWebSocket socket = connect("Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws")) {
			assertThat(socket.handshake()).anyMatch((line) -> line.startsWith("HTTP/1.1 101"))
				.anyMatch((line) -> line.equalsIgnoreCase("sec-websocket-protocol: graphql-transport-ws"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Nothing: offered", "Sec-WebSocket-Protocol: graphql-ws" })
	void closesASocketThatDoesNotOfferIt(String header) {
		try (RawWebSocket socket = connect(header)) {
			assertClosed(socket, 4406, "Subprotocol not acceptable");
		}
	}

	// "All messages contain the type field outlining the action this message describes."
	// "Messages corresponding to operations must contain the id field."
	// "Receiving a message of a type or format which is not specified in this document
	// will result in an immediate socket closure with the event 4400: <error-message>."
	static Stream<Arguments> invalidMessages() {
		return Stream.of(Arguments.of("", "not a JSON object"), Arguments.of("nonsense", "not a JSON object"),
				Arguments.of("[]", "not a JSON object"), Arguments.of("null", "not a JSON object"),
				Arguments.of("7", "not a JSON object"), Arguments.of("{} {}", "not a JSON object"),
				Arguments.of("[".repeat(2_000), "not a JSON object"), Arguments.of("{}", "\"type\""),
				Arguments.of("{\"type\":7}", "\"type\""), Arguments.of("{\"type\":\"start\"}", "\"type\""),
				Arguments.of("{\"type\":\"next\",\"id\":\"1\",\"payload\":{}}", "\"type\""),
				Arguments.of("{\"type\":\"connection_ack\"}", "\"type\""),
				Arguments.of("{\"type\":\"connection_init\",\"payload\":7}", "\"payload\""),
				Arguments.of("{\"type\":\"ping\",\"payload\":[]}", "\"payload\""),
				Arguments.of("{\"type\":\"pong\",\"payload\":\"x\"}", "\"payload\""),
				Arguments.of("{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}", "\"id\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":7,\"payload\":{\"query\":\"{a}\"}}", "\"id\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{a}\"}}", "\"id\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\"}", "\"payload\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":null}", "\"payload\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":\"{a}\"}", "\"payload\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}}", "\"payload.query\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":7}}", "\"payload.query\""),
				Arguments.of(
						"{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\",\"operationName\":7}}",
						"\"payload.operationName\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\",\"variables\":[]}}",
						"\"variables\""),
				Arguments.of("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\",\"extensions\":7}}",
						"\"extensions\""),
				Arguments.of("{\"type\":\"complete\"}", "\"id\""),
				Arguments.of("{\"type\":\"complete\",\"id\":null}", "\"id\""));
	}

	@ParameterizedTest
	@MethodSource("invalidMessages")
	void closesOnAMessageThatTheProtocolDoesNotHave(String message, String named) {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).sendText(message);

			Frame closing = socket.closing();
			assertThat(closing.code()).isEqualTo(4400);
			assertThat(closing.reason()).startsWith("Invalid message: ").contains(named);
		}
	}

	// "Multiple operations identified with separate IDs can be active at any time and
	// their messages can be interleaved on the connection."
	@Test
	void runsManyOperationsAtATime() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner());
			IntStream.range(0, 50).forEach((i) -> socket.subscribe("bell-" + i, BELL, Map.of()));

			List<Map<String, Object>> first = messages(socket, 50);
			assertThat(first).extracting((message) -> message.get("id"))
				.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).mapToObj((i) -> "bell-" + i).toList());

			socket.subscribe("query", QUERY, Map.of());
			assertThat(messages(socket, 2)).extracting((message) -> message.get("id")).containsOnly("query");
		}
	}

	// "The client closes the socket and the connection by dispatching a 1000: Normal
	// Closure close event to the server indicating a normal closure."
	@Test
	void answersTheClosingOfTheClient() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).subscribe("bell", BELL, Map.of());
			socket.message();

			socket.sendFrame(RawWebSocket.CLOSE, new byte[] { 0x03, (byte) 0xe8 });

			assertThat(socket.closing().code()).isEqualTo(1000);
		}
	}

	// "If the client does not request a connection within the allowed timeout, the server
	// will close the socket with the event: 4408: Connection initialisation timeout."
	@Test
	void closesASocketThatDoesNotAskToBeLetIn() {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("type", "ping"));

			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
			assertClosed(socket, 4408, "Connection initialisation timeout");
		}
	}

	// "If the server receives more than one ConnectionInit message at any given time, the
	// server will close the socket with the event 4429: Too many initialisation
	// requests."
	@Test
	void closesASocketThatAsksTwiceToBeLetIn() {
		Map<String, Object> init = Map.of("type", "connection_init", "payload",
				Map.of("authorization", "Bearer " + owner()));
		try (RawWebSocket socket = connect(); RawWebSocket later = connect()) {
			socket.send(init);
			socket.send(init);
			later.init(owner()).send(init);

			assertClosed(socket, 4429, "Too many initialisation requests");
			assertClosed(later, 4429, "Too many initialisation requests");
		}
	}

	// "If the server wishes to reject the connection, for example during authentication,
	// it is recommended to close the socket with 4403: Forbidden."
	@Test
	void rejectsAConnectionWithoutAGoodTokenAndSaysWhy() {
		Map<String, Object> ann = Map.of("account", this.account, "sub", "ann");
		String good = TestTokens.owner(this.account);
		reasons(Map.of("account", this.account)).forEach((authorization, reason) -> {
			assertRefused(Map.of("authorization", authorization), reason);
			assertRefused(Map.of("headers", Map.of("Authorization", authorization)), reason);
			try (RawWebSocket socket = connectWith("Authorization: " + authorization)) {
				socket.send(Map.of("type", "connection_init"));

				assertClosed(socket, 4403, reason);
			}
			try (RawWebSocket socket = connect()) {
				socket.init(good);
				socket.send(Map.of("type", "ping", "payload", Map.of("authorization", authorization)));

				assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
				assertClosed(socket, 4403, reason);
			}
		});
		for (Map<String, Object> payload : List.of(Map.<String, Object>of(), Map.<String, Object>of("headers", ann))) {
			assertRefused(payload,
					"This needs a token: connection_init with the payload {\"authorization\": \"Bearer …\"}.");
		}
		assertRefused(Map.of("authorization", 7), "The value of \"authorization\" must be \"Bearer …\", with a token.");
	}

	/** What is shown, and why it does not count. */
	private static Map<String, String> reasons(Map<String, Object> account) {
		String[] parts = TestTokens.sign(Map.of("sub", "ann"), Duration.ofHours(1)).split("\\.");
		Map<String, String> reasons = new LinkedHashMap<>();
		reasons.put(TestTokens.owner("nobody"), "The value of \"authorization\" must be \"Bearer …\", with a token.");
		reasons.put("Bearer " + TestTokens.sign(account, Duration.ofMinutes(-2)),
				"The token has expired. Use a new one.");
		reasons.put("Bearer " + TestTokens.sign(with(account, "nbf", Instant.now().plusSeconds(600).getEpochSecond()),
				Duration.ofHours(1)), "The token is not valid yet: see its claim \"nbf\", and the clocks.");
		reasons.put("Bearer " + TestTokens.withoutExpiry(account),
				"The token never expires: it needs the claim \"exp\".");
		reasons.put("Bearer " + parts[0] + "." + parts[1] + "." + "A".repeat(342),
				"The token is not signed by a key of the issuer.");
		reasons.put("Bearer eyJhbGciOiJub25lIn0.eyJhY2NvdW50IjoiYSIsInN1YiI6ImEifQ.",
				"The token is not signed by a key of the issuer.");
		reasons.put("Bearer nonsense", "The token is malformed, or not a JWT.");
		reasons.put("Bearer " + TestTokens.sign(account, Duration.ofHours(1)),
				"The token names no user: it needs the claim \"sub\".");
		reasons.put("Bearer " + TestTokens.owner("nobody"), "The account of this token does not exist. "
				+ "The platform must register it first, with upsertAccounts.");
		return reasons;
	}

	private static Map<String, Object> with(Map<String, Object> claims, String claim, Object value) {
		Map<String, Object> more = new HashMap<>(claims);
		more.put(claim, value);
		return more;
	}

	private void assertRefused(Map<String, Object> payload, String reason) {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("type", "connection_init", "payload", payload));

			assertClosed(socket, 4403, reason);
			assertThat(reason.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
		}
	}

	// Not of the page: where clients show their tokens.
	@Test
	void findsTheTokenWhereverAClientShowsIt() {
		String bearer = "Bearer " + owner();
		for (Map<String, Object> payload : List.<Map<String, Object>>of(Map.of("authorization", bearer),
				Map.of("Authorization", bearer), Map.of("AUTHORIZATION", "bearer  " + owner() + " "),
				Map.of("headers", Map.of("Authorization", bearer)), Map.of("headers", Map.of("authorization", bearer)),
				Map.of("Headers", Map.of("x", 1, "AuthoriZation", bearer)))) {
			try (RawWebSocket socket = connect()) {
				socket.send(Map.of("type", "connection_init", "payload", payload));

				assertThat(socket.message()).as("%s", payload).isEqualTo(Map.of("type", "connection_ack"));
			}
		}
		for (String init : List.of("{\"type\":\"connection_init\"}", "{\"type\":\"connection_init\",\"payload\":null}",
				"{\"type\":\"connection_init\",\"payload\":{\"authorization\":null,\"headers\":{}}}")) {
			try (RawWebSocket socket = connectWith("aUTHORIZATION: " + bearer)) {
				socket.sendText(init);

				assertThat(socket.message()).as(init).isEqualTo(Map.of("type", "connection_ack"));
			}
		}
	}

	// Not of the page: the first message has the last word.
	@Test
	void takesTheTokenOfThePayloadBeforeThatOfTheHandshake() {
		try (RawWebSocket socket = connectWith("Authorization: Bearer nonsense")) {
			socket.init(owner()).subscribe("bell", BELL, Map.of());

			assertThat(socket.message()).containsEntry("id", "bell").containsEntry("type", "next");
		}
		try (RawWebSocket socket = connectWith("Authorization: Bearer " + owner())) {
			socket.send(Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer nonsense")));

			assertClosed(socket, 4403, "The token is malformed, or not a JWT.");
		}
	}

	// "Expected response to the ConnectionInit message."
	@Test
	void acknowledgesAConnection() {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer " + owner())));

			assertThat(socket.message()).isEqualTo(Map.of("type", "connection_ack"));
		}
	}

	// "A Pong must be sent in response from the receiving party as soon as possible."
	// "The Ping message can be sent at any time within the established socket."
	@Test
	void answersPingsAtAnyTime() {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("type", "ping"));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));

			socket.init(owner()).send(Map.of("type", "ping", "payload", Map.of("any", List.of(1))));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
		}
	}

	// "The Pong message may even be sent unsolicited as an unidirectional heartbeat."
	@Test
	void takesPongsThatNobodyAskedFor() {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("type", "pong"));
			socket.init(owner()).send(Map.of("type", "pong", "payload", Map.of()));
			socket.subscribe("query", QUERY, Map.of());

			assertThat(socket.message()).containsEntry("type", "next");
		}
	}

	// "If there is already an active subscriber for an operation matching the provided
	// ID, regardless of the operation type, the server must close the socket immediately
	// with the event 4409: Subscriber for <unique-operation-id> already exists."
	@ParameterizedTest
	@ValueSource(strings = { BELL, QUERY, "{ nothing }" })
	void closesASocketThatUsesTheIdOfARunningOperation(String second) {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).subscribe("same", BELL, Map.of());
			socket.subscribe("same", second, Map.of());

			assertClosed(socket, 4409, "Subscriber for same already exists");
		}
	}

	// "The server needs only keep track of IDs for as long as the subscription is active.
	// Once a client completes an operation, it is free to re-use that ID."
	@Test
	void letsAnIdBeUsedAgain() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner());
			for (int i = 0; i < 1_000; i++) {
				socket.subscribe("same", BELL, Map.of());
				assertThat(socket.message()).containsEntry("type", "next");
				socket.send(Map.of("id", "same", "type", "complete"));
			}
			socket.subscribe("same", QUERY, Map.of());
			assertThat(messages(socket, 2)).extracting((message) -> message.get("type"))
				.containsExactly("next", "complete");
			socket.subscribe("same", "{ nothing }", Map.of());
			assertThat(socket.message()).containsEntry("type", "error");
			socket.subscribe("same", BELL, Map.of());
			assertThat(socket.message()).containsEntry("type", "next");
		}
	}

	// "If the connection is not acknowledged, the socket will be closed immediately with
	// the event 4401: Unauthorized."
	@Test
	void closesASocketThatAsksBeforeTheAcknowledgement() {
		try (RawWebSocket socket = connect(); RawWebSocket hasty = connect()) {
			socket.subscribe("query", QUERY, Map.of());
			hasty.sendTogether(
					List.of(Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer " + owner())),
							Map.of("id", "query", "type", "subscribe", "payload", Map.of("query", QUERY))));

			assertClosed(socket, 4401, "Unauthorized");
			assertThat(hasty.closing().code()).isEqualTo(4401);
		}
	}

	// "Operation execution result(s) from the source stream. After all results have been
	// emitted, the Complete message will follow indicating stream completion."
	@Test
	void sendsTheResultAndThenThatItIsComplete() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).subscribe("a \"query\"", QUERY, Map.of());

			assertThat(messages(socket, 2))
				.containsExactly(
						Map.of("id", "a \"query\"", "type", "next", "payload",
								Map.of("data",
										Map.of("viewer", Map.of("account", Map.of("externalId", this.account))))),
						Map.of("id", "a \"query\"", "type", "complete"));
		}
	}

	// "Operation execution error(s) in response to the Subscribe message. This message
	// terminates the operation and no further messages will be sent."
	@ParameterizedTest
	@ValueSource(strings = { "{", "{ nothing }", "query($a: Int!) { bell { recent(first: $a) { id } } }",
			"subscription { nothing }", "subscription { jobNotifications(since: \"garbled\") { endCursor } }" })
	void answersWhatCannotBeRunWithAnError(String document) {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).subscribe("bad", document, Map.of());
			Map<String, Object> error = socket.message();
			socket.send(Map.of("type", "ping"));

			assertThat(error).containsEntry("id", "bad").containsEntry("type", "error").containsKey("payload");
			assertThat(error.get("payload").toString()).contains("code=").doesNotContain("INTERNAL_ERROR");
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
		}
	}

	// "No further events, relevant to the original subscription, should be sent through."
	@Test
	void sendsNoMoreOfACompletedSubscription() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner()).subscribe("ended", BELL, Map.of());
			socket.subscribe("open", BELL, Map.of());
			messages(socket, 2);
			socket.send(Map.of("id", "ended", "type", "complete"));
			socket.send(Map.of("type", "ping"));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));

			new BelfryClient(this.port, TestTokens.platform()).record(this.account, Completions.of(1))
				.block(BelfryClient.TIMEOUT);

			assertThat(socket.message()).containsEntry("id", "open");
			socket.send(Map.of("type", "ping"));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
		}
	}

	// "Even if the client sent a Complete message for a single-result-operation before it
	// resolved, the result should not be sent through once it does."
	@Test
	void sendsNoResultOfWhatWasCompletedBeforeItResolved() throws SQLException {
		Map<String, Object> input = Map.of("input",
				Map.of("account", this.account, "completions", List.of(Completions.one())));
		String record = "mutation($input: RecordJobCompletionsInput!) {"
				+ " recordJobCompletions(input: $input) { results { status } } }";
		try (RawWebSocket socket = connect(); Connection holder = TestDatabase.connect(TestDatabase.url())) {
			holder.setAutoCommit(false);
			holder.createStatement()
				.execute("select * from account_log l join account a using (account_id) where a.external_id = '"
						+ this.account + "' for update of l");
			socket.init(TestTokens.platform()).subscribe("ended", record, input);
			socket.send(Map.of("id", "ended", "type", "complete"));
			socket.send(Map.of("type", "ping"));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
			holder.rollback();
			socket.subscribe("again", record, input);

			assertThat(socket.message()).containsEntry("id", "again").containsEntry("type", "next");
		}
	}

	// "Both client and server must be prepared to receive (and ignore) messages for
	// operations that they consider already completed." "It is permissable to simply
	// ignore all unknown IDs without closing the connection."
	@Test
	void ignoresTheCompletionOfWhatDoesNotRun() {
		try (RawWebSocket socket = connect()) {
			socket.send(Map.of("id", "early", "type", "complete"));
			socket.init(owner()).send(Map.of("id", "unknown", "type", "complete"));
			socket.subscribe("query", QUERY, Map.of());
			messages(socket, 2);
			socket.send(Map.of("id", "query", "type", "complete"));
			socket.send(Map.of("type", "ping"));

			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));
		}
	}

	// Not of the page: a socket runs at most 100 operations at a time.
	@Test
	void answersOneOperationTooManyWithAnError() {
		try (RawWebSocket socket = connect()) {
			socket.init(owner());
			IntStream.range(0, 100).forEach((i) -> socket.subscribe("bell-" + i, BELL, Map.of()));
			messages(socket, 100);
			socket.subscribe("more", QUERY, Map.of());

			Map<String, Object> refused = socket.message();
			assertThat(refused).containsEntry("id", "more").containsEntry("type", "error");
			assertThat(refused.toString()).contains("TOO_MANY_OPERATIONS");

			socket.send(Map.of("id", "bell-7", "type", "complete"));
			socket.subscribe("more", QUERY, Map.of());
			assertThat(socket.message()).containsEntry("id", "more").containsEntry("type", "next");
		}
	}

	// Not of the page: a ping may show a new token.
	@Test
	void goesOnWithANewTokenOfTheSameUser() {
		String ending = TestTokens.sign(Map.of("account", this.account, "sub", "ann", "scope", "notifications:read"),
				Duration.ofSeconds(-57));
		String fresh = TestTokens.user(this.account, "ann", "notifications:read notifications:write");
		try (RawWebSocket socket = connect(); RawWebSocket expiring = connect()) {
			expiring.init(ending);
			socket.init(ending).subscribe("bell", BELL, Map.of());
			socket.message();
			socket
				.send(Map.of("type", "ping", "payload", Map.of("headers", Map.of("Authorization", "Bearer " + fresh))));
			assertThat(socket.message()).isEqualTo(Map.of("type", "pong"));

			assertClosed(expiring, 4403, "The token has expired. Use a new one.");
			new BelfryClient(this.port, TestTokens.platform()).record(this.account, Completions.of(1))
				.block(BelfryClient.TIMEOUT);
			assertThat(socket.message()).containsEntry("id", "bell").containsEntry("type", "next");
		}
	}

	@Test
	void closesOnATokenOfSomeoneElseOrOfLess() {
		String other = "shop-" + UUID.randomUUID();
		this.accounts.create(other);
		for (String token : List.of(TestTokens.owner(other), TestTokens.user(this.account, "bob", "notifications:read"),
				TestTokens.user(this.account, "ann", "settings:read"), "nonsense")) {
			try (RawWebSocket socket = connect()) {
				socket.init(TestTokens.user(this.account, "ann", "notifications:read"));
				socket.send(Map.of("type", "ping", "payload", Map.of("authorization", "Bearer " + token)));

				RawWebSocket.Frame closing = socket.closing();
				assertThat(closing.code()).isEqualTo(4403);
				assertThat(closing.reason())
					.isEqualTo(token.equals("nonsense") ? "The token is malformed, or not a JWT."
							: "The new token is of another viewer, or has fewer scopes.");
			}
		}
	}

	// Not of the page: a token that runs out ends the socket, and what runs on it.
	@Test
	void closesASocketWhenItsTokenExpires() {
		String ending = TestTokens.sign(Map.of("account", this.account, "sub", "ann", "scope", "notifications:read"),
				Duration.ofSeconds(-57));
		try (RawWebSocket socket = connect()) {
			socket.init(ending).subscribe("bell", BELL, Map.of());

			assertThat(socket.message().toString()).contains("unseenCount=0");
			assertClosed(socket, 4403, "The token has expired. Use a new one.");
		}
	}

	// Not of the page: errors have the codes that they have over HTTP.
	@Test
	void namesTheScopeThatIsMissing() {
		try (RawWebSocket socket = connect()) {
			socket.init(TestTokens.user(this.account, "ann", "settings:read")).subscribe("bell", BELL, Map.of());

			Map<String, Object> refused = socket.message();
			assertThat(refused).containsEntry("type", "error");
			assertThat(refused.toString()).contains("code=FORBIDDEN").contains("scope=notifications:read");
		}
	}

	// Not of the page: a page of elsewhere cannot open a socket with a visitor's browser.
	@Test
	void refusesSocketsOfForeignPages() {
		try (RawWebSocket socket = connect("Origin: https://elsewhere.example")) {
			assertThat(socket.handshake().get(0)).startsWith("HTTP/1.1 403");
		}
	}

	// Whatever ends a socket, nothing of it stays.
	@Test
	void forgetsSocketsHoweverTheyEnd() {
		try (RawWebSocket closing = connect();
				RawWebSocket vanishing = connect();
				RawWebSocket refused = connect();
				RawWebSocket wrong = connect()) {
			vanishing.init(owner()).subscribe("bell", BELL, Map.of());
			closing.init(owner()).sendFrame(RawWebSocket.CLOSE, new byte[] { 0x03, (byte) 0xe8 });
			refused.sendText("nonsense");
			wrong.sendUnmasked(RawWebSocket.TEXT, "{}".getBytes(StandardCharsets.UTF_8));
		}

		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> this.sockets.open() == 0);
	}

	private RawWebSocket connect() {
		return RawWebSocket.connect(this.port);
	}

	/** Shakes hands with one more header. */
	private RawWebSocket connectWith(String header) {
		return RawWebSocket.connect(this.port, 1 << 16, "Sec-WebSocket-Protocol: graphql-transport-ws", header);
	}

	private RawWebSocket connect(String header) {
		return RawWebSocket.connect(this.port, 1 << 16, header);
	}

	private String owner() {
		return TestTokens.owner(this.account);
	}

	private static List<Map<String, Object>> messages(RawWebSocket socket, int number) {
		List<Map<String, Object>> messages = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			messages.add(socket.message());
		}
		return messages;
	}

	private static void assertClosed(RawWebSocket socket, int code, String reason) {
		Frame closing = socket.closing();
		assertThat(closing.code()).isEqualTo(code);
		assertThat(closing.reason()).isEqualTo(reason);
	}

}
