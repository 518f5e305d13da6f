package dev.belfry.quotas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on which a user may read, write and subscribe once a second and twenty times
 * at once, and ten items a second may be handed in for an account and 200 at once.
 */
class QuotaLimitTests {

	private static final int AT_ONCE = 20;

	private static final int SENT = 30;

	private static final String READ = "{ viewer { scopes } }";

	private static final String URL = TestDatabase.createDatabase();

	private static final String[] SETTINGS = { "belfry.quotas.burst=20s", "belfry.quotas.share-interval=30s",
			"belfry.quotas.user.reads=1", "belfry.quotas.user.writes=1", "belfry.quotas.user.subscriptions=1",
			"belfry.quotas.account.items=10", "belfry.notifier.enabled=false" };

	private static final LocalNode NODE = LocalNode.start(URL, SETTINGS);

	private static final LocalNode OTHER = LocalNode.start(URL, SETTINGS);

	@BeforeAll
	static void createAccount() {
		NODE.accounts().create("shop");
	}

	@AfterAll
	static void stop() {
		NODE.close();
		OTHER.close();
	}

	@ParameterizedTest
	@EnumSource
	void refusesReadsBeyondTheQuotaOfAUser(Transport transport) {
		String user = user("reads over " + transport);

		List<Reply> replies = ask(transport, user, READ);

		assertThat(accepted(replies)).isBetween(AT_ONCE - 1, SENT - 1);
		assertThat(accepted(replies) + refused(replies)).isEqualTo(SENT);
		assertThat(ask(transport, user("another over " + transport), READ).get(0).codes()).isEmpty();
	}

	/** A field at the root counts, and not the document. */
	@Test
	void countsEachFieldAtTheRoot() {
		String user = user("many fields");
		String document = "{ a: viewer { scopes } ...more } fragment more on Query { b: viewer { scopes } ... { c: viewer { scopes } } }";

		List<Reply> replies = ask(Transport.HTTP, user, document);

		assertThat(accepted(replies)).isBetween(AT_ONCE / 3 - 1, SENT / 2);
		assertThat(accepted(replies) + refused(replies)).isEqualTo(SENT);
	}

	/** To read them costs the node more than to answer one that it knows. */
	@Test
	void countsDocumentsThatAreNotValid() {
		String user = user("mistakes");
		List<Reply> replies = new ArrayList<>();
		for (int i = 0; i < SENT; i++) {
			replies.add(Transport.HTTP.ask(NODE.port(), user, "{ nothing" + i + " }", Map.of()));
		}

		assertThat(replies.stream().filter((reply) -> reply.codes().equals(List.of("GRAPHQL_VALIDATION_FAILED"))))
			.hasSizeBetween(AT_ONCE, SENT - 1);
		assertThat(refused(replies)).isPositive();
	}

	@Test
	void refusesWritesBeyondTheQuotaOfAUser() {
		String user = user("writes");

		List<Reply> replies = ask(Transport.HTTP, user, "mutation { __typename }");

		assertThat(accepted(replies) + refused(replies)).isEqualTo(SENT);
		assertThat(refused(replies)).isPositive();
		assertThat(Transport.HTTP.ask(NODE.port(), user, READ, Map.of()).codes()).isEmpty();
	}

	/** Also of those that run already for somebody else, and are only joined. */
	@ParameterizedTest
	@EnumSource(names = { "SSE", "WEBSOCKET" })
	void refusesToStartSubscriptionsBeyondTheQuotaOfAUser(Transport transport) {
		String user = user("subscriptions over " + transport);

		List<Reply> replies = ask(transport, user, ClientSamples.document("bellChanges"));

		assertThat(accepted(replies)).isBetween(AT_ONCE, SENT - 1);
		assertThat(accepted(replies) + refused(replies)).isEqualTo(SENT);
		assertThat(Transport.HTTP.ask(NODE.port(), user, READ, Map.of()).codes()).isEmpty();
	}

	@Test
	void recordsNothingOfABatchThatIsRefused() {
		Http platform = Http.at(NODE.port()).token(TestTokens.platform());
		NODE.accounts().create("items");

		List<Http.Answer> answers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			answers.add(platform.run("recordJobCompletions",
					Map.of("input", Map.of("account", "items", "completions", Completions.of(100)))));
		}

		assertThat(answers).extracting(Http.Answer::code).startsWith("", "").endsWith("RATE_LIMITED");
		Http.Answer refused = answers.get(3);
		assertThat(refused.headers()).containsKey("retry-after");
		assertThat(refused.json().at("/errors/0/extensions/retryAfterSeconds").asInt()).isBetween(1, 10);
		assertThat(refused.message()).contains("10 items a second (belfry.quotas.account.items)");
		long accepted = answers.stream().filter((answer) -> answer.code().isEmpty()).count();
		assertThat(Http.at(NODE.port())
			.token(TestTokens.owner("items"))
			.ask("{ jobNotifications { totalCount } }")
			.json()
			.at("/data/jobNotifications/totalCount")
			.asLong()).isEqualTo(accepted * 100);
	}

	@Test
	void saysOverHttpWhatIsLeft() {
		Http http = Http.at(NODE.port()).token(user("headers")).with("Accept", "application/graphql-response+json");

		Http.Answer first = http.ask(READ);
		Http.Answer last = first;
		for (int i = 0; i < 10 * SENT && last.status() == 200; i++) {
			last = http.ask(READ);
		}

		assertThat(first.headers().get("ratelimit-policy").get(0))
			.isEqualTo("\"user.reads\";q=20;w=20, \"account.reads\";q=20000;w=20");
		assertThat(first.headers().get("ratelimit").get(0))
			.matches("\"user.reads\";r=1[89];t=\\d, \"account.reads\";r=19\\d{3};t=\\d");
		assertThat(last.status()).isEqualTo(429);
		assertThat(last.headers()).containsEntry("retry-after", List.of("1"));
		assertThat(last.headers().get("ratelimit").get(0)).startsWith("\"user.reads\";r=0;t=");
	}

	/**
	 * Two nodes let nobody have twice as much. A user has one read more each second, and
	 * the first that gets to the other node within it says so.
	 */
	@Test
	void countsWhatAnotherNodeLetsAUserHave() {
		AtomicInteger users = new AtomicInteger();
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> {
			String user = user("two nodes " + users.incrementAndGet());
			ask(Transport.HTTP, user, READ);
			NODE.bean(QuotaExchange.class).exchange().block();
			OTHER.bean(QuotaExchange.class).exchange().block();
			return Transport.HTTP.ask(OTHER.port(), user, READ, Map.of()).codes().equals(List.of("RATE_LIMITED"));
		});

		assertThat(Transport.HTTP.ask(OTHER.port(), user("not at all"), READ, Map.of()).codes()).isEmpty();
	}

	private static String user(String name) {
		return TestTokens.user("shop", name, TestTokens.ALL_SCOPES);
	}

	private static List<Reply> ask(Transport transport, String token, String document) {
		List<Reply> replies = new ArrayList<>();
		for (int i = 0; i < SENT; i++) {
			replies.add(transport.ask(NODE.port(), token, document, Map.of()));
		}
		return replies;
	}

	private static int accepted(List<Reply> replies) {
		return (int) replies.stream().filter((reply) -> reply.codes().isEmpty()).count();
	}

	private static int refused(List<Reply> replies) {
		return (int) replies.stream().filter((reply) -> reply.codes().equals(List.of("RATE_LIMITED"))).count();
	}

}
