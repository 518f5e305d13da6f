package dev.belfry.clients;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.GraphQlTransportException;
import org.springframework.graphql.client.WebSocketGraphQlClient;
import org.springframework.graphql.client.WebSocketGraphQlClientInterceptor;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;

import dev.belfry.testing.Batch;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Spring's own client, as an application in Java uses it. */
@BelfryTest
class SpringClientTests {

	private static final Duration TIMEOUT = BelfryClient.TIMEOUT;

	private static final String FEED = """
			subscription($since: Cursor) {
			  jobNotifications(since: $since) { nodes { id cursor runId summary } startCursor endCursor gap { from to missed } }
			}""";

	private final String account = "shop-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@BeforeEach
	void createAccount(@Autowired TestAccounts accounts) {
		accounts.create(this.account);
	}

	@Test
	void runsAQuery() {
		WebSocketGraphQlClient client = client(TestTokens.owner(this.account));

		Integer unseen = client.document("{ bell { unseenCount } }")
			.retrieve("bell.unseenCount")
			.toEntity(Integer.class)
			.block(TIMEOUT);

		assertThat(unseen).isZero();
		client.stop().block(TIMEOUT);
	}

	@Test
	void receivesWhatIsRecorded() {
		WebSocketGraphQlClient client = client(TestTokens.owner(this.account));

		StepVerifier.create(feed(client, Map.of()).map(SpringClientTests::runs))
			.expectNext(List.of())
			.then(() -> record("run-1"))
			.expectNext(List.of("run-1"))
			.then(() -> record("run-2"))
			.expectNext(List.of("run-2"))
			.thenCancel()
			.verify(TIMEOUT);
		client.stop().block(TIMEOUT);
	}

	@Test
	void isRefusedWithABadToken() {
		Mono<Object> asked = client("nonsense").document("{ bell { unseenCount } }")
			.retrieve("bell.unseenCount")
			.toEntity(Object.class);

		assertThatExceptionOfType(GraphQlTransportException.class).isThrownBy(() -> asked.block(TIMEOUT))
			.withMessageContaining("4403");
	}

	@Test
	void goesOnFromTheLastCursorAfterItsTokenRanOut() {
		String ending = TestTokens.sign(Map.of("account", this.account, "sub", "owner", "scope", TestTokens.ALL_SCOPES),
				Duration.ofSeconds(-57));
		List<Batch> received = new ArrayList<>();

		StepVerifier.create(feed(client(ending), Map.of()).doOnNext(received::add))
			.expectNextCount(1)
			.then(() -> record("run-1"))
			.thenConsumeWhile((batch) -> true)
			.verifyErrorSatisfies((lost) -> assertThat(lost).hasMessageContaining("4403"));
		record("run-2");
		String last = received.get(received.size() - 1).endCursor();
		WebSocketGraphQlClient again = client(TestTokens.owner(this.account));
		Batch next = feed(again, Map.of("since", last)).blockFirst(TIMEOUT);

		assertThat(received).flatMap(SpringClientTests::runs).containsExactly("run-1");
		assertThat(next.startCursor()).isEqualTo(last);
		assertThat(runs(next)).containsExactly("run-2");
		again.stop().block(TIMEOUT);
	}

	private Flux<Batch> feed(WebSocketGraphQlClient client, Map<String, Object> variables) {
		return client.document(FEED)
			.variables(variables)
			.retrieveSubscription("jobNotifications")
			.toEntity(Batch.class);
	}

	private static List<String> runs(Batch batch) {
		return batch.nodes().stream().map(Batch.Node::runId).toList();
	}

	private void record(String runId) {
		new BelfryClient(this.port, TestTokens.platform())
			.record(this.account, List.of(Completions.one(runId, "SUCCEEDED")))
			.block(TIMEOUT);
	}

	private WebSocketGraphQlClient client(String token) {
		WebSocketGraphQlClientInterceptor authorization = new WebSocketGraphQlClientInterceptor() {

			@Override
			public Mono<Object> connectionInitPayload() {
				return Mono.just(Map.of("authorization", "Bearer " + token));
			}

		};
		return WebSocketGraphQlClient
			.builder(URI.create("ws://127.0.0.1:" + this.port + "/graphql"), new ReactorNettyWebSocketClient())
			.interceptor(authorization)
			.build();
	}

}
