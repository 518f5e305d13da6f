package dev.belfry.web.tokens;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.reactive.SubscriptionPublisher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.execution.GraphQlSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.graphql.execution.Progress;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.Viewer;

import static org.assertj.core.api.Assertions.assertThat;

/** A plain selection answers what GraphQL Java's engine answers. */
@BelfryTest
class PlainSubscriptionTests {

	private static final Duration TIMEOUT = BelfryClient.TIMEOUT;

	private final String account = "shop-" + UUID.randomUUID();

	@Autowired
	private JsonMapper json;

	private GraphQL graphQl;

	private Viewer viewer;

	private String start;

	@BeforeEach
	void recordSome(@Autowired TestAccounts accounts, @Autowired GraphQlSource source, @Autowired Tokens tokens,
			@LocalServerPort int port) {
		accounts.create(this.account);
		this.graphQl = source.graphQl();
		this.viewer = tokens.viewer("Bearer " + TestTokens.owner(this.account)).block(TIMEOUT);
		this.start = new BelfryClient(port, TestTokens.owner(this.account)).bell().cursor();
		List<Map<String, Object>> samples = Completions.samplesOfNobody().subList(0, 40);
		new BelfryClient(port, TestTokens.platform()).record(this.account, samples).block(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "subscription { bell { id unseenCount unseenProblemCount unreadCount cursor } }",
			"subscription { mine: bell { __typename n: unseenCount unseenCount type: __typename } }",
			"subscription { ...b } fragment b on Subscription { bell { ... on Bell { id } ... { cursor } ...c } } "
					+ "fragment c on Node { id }",
			"subscription s($since: Cursor) { jobNotifications(since: $since) { startCursor endCursor gap { missed } } }",
			"subscription s($since: Cursor) { jobNotifications(since: $since) { nodes { id cursor operation { key name } "
					+ "operationName integrationName originName outcome summary counts { name label value } messageCount "
					+ "startedAt finishedAt recordedAt runId } } }",
			"subscription s($since: Cursor) { jobNotifications(since: $since) { nodes { counts { name } } "
					+ "nodes { runId counts { value } } } }",
			"subscription s($since: Cursor, $yes: Boolean = true) { jobNotifications(since: $since) { startCursor "
					+ "endCursor @include(if: $yes) nodes @skip(if: $yes) { read messages { totalCount } } } }" })
	void readsWhatTheEngineAnswers(String document) {
		assertThat(execute(this.graphQl, document)).isNotInstanceOf(SubscriptionPublisher.class);
		assertThat(first(this.graphQl, document)).isEqualTo(first(engine(), document));
	}

	@ParameterizedTest
	@ValueSource(strings = { "subscription { bell { recent { runId } } }",
			"subscription s($since: Cursor) { jobNotifications(since: $since) { nodes { read } } }",
			"subscription s($since: Cursor) { jobNotifications(since: $since) { nodes { integration { name } } } }" })
	void leavesToTheEngineWhatHasToBeFetched(String document) {
		assertThat(execute(this.graphQl, document)).isInstanceOf(SubscriptionPublisher.class);
		assertThat(first(this.graphQl, document)).isEqualTo(first(engine(), document));
	}

	@Test
	void dispatchesNoDataLoaders() {
		assertThat(this.graphQl.isDoNotAutomaticallyDispatchDataLoader()).isTrue();
	}

	private GraphQL engine() {
		return this.graphQl
			.transform((builder) -> builder.subscriptionExecutionStrategy(new SubscriptionExecutionStrategy()));
	}

	/** As it is sent. */
	private String first(GraphQL graphQl, String document) {
		Map<String, Object> result = Flux.from(execute(graphQl, document))
			.cast(ExecutionResult.class)
			.map(ExecutionResult::toSpecification)
			.blockFirst(TIMEOUT);
		return this.json.writeValueAsString(result);
	}

	private Publisher<?> execute(GraphQL graphQl, String document) {
		return graphQl
			.execute(ExecutionInput.newExecutionInput(document)
				.variables(Map.of("since", this.start))
				.graphQLContext(Map.of(Viewer.CONTEXT_KEY, this.viewer, Progress.CONTEXT_KEY, new Progress(null, true)))
				.build())
			.<Publisher<?>>getData();
	}

}
