package dev.belfry.web.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;
import dev.belfry.web.http.Mistakes.Mistake;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a document is answered with the same code over HTTP, server-sent
 * events and WebSocket, each in its protocol's own form.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDocumentTests {

	private static final List<Mistakes.Operation> OPERATIONS = List.of(
			new Mistakes.Operation("query", "Query", "viewer", "", "Viewer", "scopes"),
			new Mistakes.Operation("mutation", "Mutation", "markBellSeen", "(input: {through: \"x\"})",
					"MarkBellSeenPayload", "__typename"),
			new Mistakes.Operation("subscription", "Subscription", "jobNotifications", "(since: null)",
					"JobNotificationBatch", "endCursor"));

	private static final String SUBSCRIPTION_TRANSPORT = "SUBSCRIPTION_TRANSPORT";

	private static final String OF_JAVA = "Exception|dev\\.belfry|graphql\\.|java\\.|\\bat java";

	private static final int DAMAGED = Integer.getInteger("belfry.damaged-documents", 100);

	private static final List<String> SAMPLES = ClientSamples.documents();

	private static final List<String> ODDITIES = List.of("...x", "... on Bell", "@skip(if: $x)", "@include(if: false)",
			"$input", "null", "{", "}", "__typename", "subscription", "fragment x on Subscription { ...x }", "[", "\"");

	/** What a client can be at fault with, or miss. */
	private static final Set<String> KNOWN = Set.of("GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED",
			"BAD_USER_INPUT", "CURSOR_INVALID", "FORBIDDEN");

	private final String account = "document-" + UUID.randomUUID();

	private final String token = TestTokens.owner(this.account);

	@LocalServerPort
	private int port;

	@BeforeAll
	void createAccount(@Autowired TestAccounts accounts) {
		accounts.create(this.account);
	}

	@TestFactory
	Stream<DynamicTest> answersEveryMistakeTheSameOnEveryTransport() {
		return OPERATIONS.stream()
			.flatMap((operation) -> Mistakes.of(operation)
				.map((mistake) -> DynamicTest.dynamicTest(mistake.toString(), () -> check(operation, mistake))));
	}

	/** Whatever random damage does to the documents that clients send. */
	@Test
	void answersDamagedDocumentsTheSameOnEveryTransport() {
		Random random = new Random(22);
		for (int i = 0; i < DAMAGED; i++) {
			String document = damaged(SAMPLES.get(random.nextInt(SAMPLES.size())), random);

			Set<List<String>> codes = Arrays.stream(Transport.values())
				.map((transport) -> transport.ask(this.port, this.token, document, Map.of()).codes())
				.filter((some) -> !some.contains(SUBSCRIPTION_TRANSPORT))
				.collect(Collectors.toSet());

			assertThat(codes).as(document).hasSize(1);
			assertThat(KNOWN).as(document).containsAll(codes.iterator().next());
		}
	}

	private void check(Mistakes.Operation operation, Mistake mistake) {
		for (Transport transport : Transport.values()) {
			Reply reply = transport.send(this.port, this.token, mistake.request());

			assertThat(reply.form() + " " + reply.codes()).as(transport.name())
				.isEqualTo(expected(transport, operation, mistake.code()));
			assertThat(reply.errors().toString()).doesNotContainPattern(OF_JAVA);
		}
	}

	/** Each protocol has a form for an answer, for errors, and for what is no request. */
	private static String expected(Transport transport, Mistakes.Operation operation, String code) {
		boolean live = operation.kind().equals("subscription") && code.equals(Mistakes.NONE);
		return switch (code) {
			case Mistakes.INPUT -> (transport == Transport.WEBSOCKET) ? "closed 4400 []" : "status 400 [" + code + "]";
			case Mistakes.NONE -> switch (transport) {
				case HTTP -> "status 200 [" + (live ? SUBSCRIPTION_TRANSPORT : "") + "]";
				case SSE, WEBSOCKET -> "next []";
			};
			default -> switch (transport) {
				case HTTP -> "status 200 [" + code + "]";
				case SSE -> "next, complete [" + code + "]";
				case WEBSOCKET -> "error [" + code + "]";
			};
		};
	}

	/** Some of its words are left out, doubled, exchanged, or taken from elsewhere. */
	private static String damaged(String document, Random random) {
		List<String> words = new ArrayList<>(List.of(document.split("(?<=\\W)|(?=\\W)")));
		for (int i = random.nextInt(3); i >= 0; i--) {
			int place = random.nextInt(words.size());
			String word = words.get(random.nextInt(words.size()));
			switch (random.nextInt(4)) {
				case 0 -> words.set(place, "");
				case 1 -> words.set(place, words.get(place) + " " + words.get(place));
				case 2 -> words.set(place, word);
				default -> words.set(place, ODDITIES.get(random.nextInt(ODDITIES.size())));
			}
		}
		return String.join("", words);
	}

}
