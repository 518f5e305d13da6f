package dev.belfry.clients;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.testing.Batch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links of the client samples give their applications every position once, whatever
 * happens to the connection. Needs Node, and {@code npm install} in client-samples/node.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicClientTests {

	static final Duration PATIENCE = Duration.ofMinutes(1);

	/** The node that the clients listen to. */
	private ProcessNode node;

	/** Takes completions, also while the other one is down. */
	private ProcessNode intake;

	private String account;

	private String start;

	@BeforeAll
	void startNodes() {
		String database = TestDatabase.createDatabase();
		this.node = ProcessNode.start(database, "belfry.live.poll-interval=500ms");
		this.intake = ProcessNode.start(database, "belfry.live.poll-interval=500ms");
	}

	@AfterAll
	void stopNodes() {
		this.intake.close();
		this.node.close();
	}

	@BeforeEach
	void createAccount() {
		this.account = "shop-" + UUID.randomUUID();
		platform().run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(Map.of("externalId", this.account, "name", "Shop")))));
		this.start = owner().bell().cursor();
	}

	@ParameterizedTest
	@ValueSource(strings = { "graphql-ws", "apollo", "urql", "graphql-sse" })
	void givesEveryPositionOnceOverANetworkThatBreaks(String client) {
		try (TokenShop tokens = TokenShop.open((number) -> TestTokens.owner(this.account));
				BadNetwork network = BadNetwork.to(this.node.port(), 7);
				Follower follower = Follower.start(client, network.port(), tokens, this.start, "")) {
			follower.awaitLive();
			for (int recorded = 0; recorded < 1_000 || network.breaks() < 10; recorded += 20) {
				record(20);
				int number = recorded;
				follower.await((all) -> all.runs().size() > number - 200);
			}
			network.mend();

			assertHasAll(follower);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "graphql-ws", "apollo", "urql", "graphql-sse" })
	void givesEveryPositionOnceThroughARefusedTokenAKilledNodeAndAStoppedOne(String client) {
		try (TokenShop tokens = TokenShop.open(this::firstEnding);
				Follower follower = Follower.start(client, this.node.port(), tokens, this.start, "")) {
			follower.awaitLive();
			record(30);
			follower.awaitReason(client.equals("graphql-sse") ? "UNAUTHENTICATED" : "4403").awaitLive();
			assertThat(tokens.given()).hasSize(2);
			assertThat(tokens.refused()).containsExactly(tokens.given().get(0));

			this.node.kill();
			record(30);
			this.node.start();
			follower.awaitLive();
			record(30);

			this.node.stop();
			record(30);
			this.node.start();
			follower.awaitLive();
			record(30);

			assertHasAll(follower);
		}
	}

	@Test
	void comesAgainWithTheNextNodeAfter1012() {
		try (TokenShop tokens = TokenShop.open((number) -> TestTokens.owner(this.account));
				Follower follower = Follower.start("graphql-ws", this.node.port(), tokens, this.start, "")) {
			follower.awaitLive();

			this.node.stop();
			this.node.start();

			assertThat(follower.awaitReason("1012").awaitLive().ended()).isEmpty();
		}
	}

	@Test
	void givesUpWhenTheFreshTokenIsRefusedToo() {
		try (TokenShop tokens = TokenShop.open((number) -> "nonsense-" + number);
				Follower follower = Follower.start("graphql-ws", this.node.port(), tokens, this.start, "")) {
			follower.await((all) -> !all.ended().isEmpty());

			assertThat(follower.states()).containsExactly("connecting", "waiting", "connecting", "refused");
			assertThat(tokens.given()).hasSize(2);
			assertThat(follower.ended().get(0)).contains("4403");
		}
	}

	@ParameterizedTest
	@CsvSource({ "malformed, 4400", "early, 4401", "subprotocol, 4406", "same-id, 4409", "second-init, 4429" })
	void givesUpAfterAMistakeOfItsOwn(String mistake, String code) {
		try (TokenShop tokens = TokenShop.open((number) -> TestTokens.owner(this.account));
				Follower follower = Follower.start("graphql-ws", this.node.port(), tokens, this.start, mistake)) {
			follower.await((all) -> !all.ended().isEmpty());

			assertThat(follower.states()).endsWith("refused").doesNotContain("waiting");
			assertThat(follower.ended().get(0)).contains(code);
		}
	}

	@Test
	void comesAgainAfterItDidNotShowItsTokenInTime() {
		try (TokenShop tokens = TokenShop.open((number) -> TestTokens.owner(this.account));
				Follower follower = Follower.start("graphql-ws", this.node.port(), tokens, this.start, "no-init")) {
			follower.awaitReason("4408").awaitLive();

			assertThat(follower.ended()).isEmpty();
		}
	}

	/** Runs out within some seconds, with the minute that clocks may differ. */
	private String firstEnding(int number) {
		return (number > 0) ? TestTokens.owner(this.account)
				: TestTokens.sign(Map.of("account", this.account, "sub", "owner", "scope", TestTokens.ALL_SCOPES),
						Duration.ofSeconds(-57));
	}

	private void record(int number) {
		platform().record(this.account, Completions.of(number)).block(BelfryClient.TIMEOUT);
	}

	private void assertHasAll(Follower follower) {
		String end = owner().bell().cursor();
		List<String> log = owner().feed(Map.of("since", this.start))
			.takeUntil((batch) -> batch.endCursor().equals(end))
			.concatMapIterable(Batch::nodes)
			.map(Batch.Node::runId)
			.collectList()
			.block(BelfryClient.TIMEOUT);
		follower.await((all) -> all.runs().size() >= log.size());
		assertThat(follower.runs()).isEqualTo(log).doesNotHaveDuplicates();
		assertThat(follower.ended()).isEmpty();
	}

	private BelfryClient platform() {
		return new BelfryClient(this.intake.port(), TestTokens.platform());
	}

	private BelfryClient owner() {
		return new BelfryClient(this.intake.port(), TestTokens.owner(this.account));
	}

}
