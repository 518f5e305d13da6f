package dev.belfry.live.broadcast;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.execution.GraphQlSource;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What is marked {@code @broadcast} is the same for every user (promises 11 and 31). */
@BelfryTest
class BroadcastFieldsTests {

	/** Fields lead back to where they came from. */
	private static final int DEEPEST = 6;

	/** From here on lists would multiply to more items than an operation may have. */
	private static final int LISTS_IN_LISTS = 4;

	private final String account = "shop-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Test
	void answersTheSameToEveryUserWithAllOfThem(@Autowired TestAccounts accounts, @Autowired GraphQlSource source) {
		accounts.create(this.account);
		BelfryClient someone = new BelfryClient(this.port, token("someone"));
		new BelfryClient(this.port, token("other")).bell();
		String start = someone.bell().cursor();
		List<Map<String, Object>> samples = Completions.samplesOfNobody().subList(0, 20);
		new BelfryClient(this.port, TestTokens.platform()).record(this.account, samples).block(BelfryClient.TIMEOUT);
		GraphQLSchema schema = source.schema();
		String all = "subscription s($since: Cursor) { jobNotifications(since: $since) "
				+ selection(schema.getObjectType("JobNotificationBatch"), 1) + " }";

		Map<String, Object> first = answer("someone", all, start);

		assertThat(all).contains("integration", "messages", "origin").doesNotContain("read ");
		assertThat(first).containsEntry("type", "next").isEqualTo(answer("other", all + " # alone", start));
		assertThat(first.toString()).contains("runId").doesNotContain("errors=");
	}

	private static String selection(GraphQLObjectType type, int depth) {
		return type.getFieldDefinitions()
			.stream()
			.filter((field) -> field.hasAppliedDirective("broadcast"))
			.filter((field) -> depth < LISTS_IN_LISTS || !field.hasAppliedDirective("listSize")
					|| field.getName().equals("recentJobNotifications"))
			.map((field) -> selection(field, depth))
			.collect(Collectors.joining(" ", "{ __typename ", " }"));
	}

	private static String selection(GraphQLFieldDefinition field, int depth) {
		if (!(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType type)) {
			return field.getName();
		}
		return (depth < DEEPEST) ? field.getName() + " " + selection(type, depth + 1) : "";
	}

	private Map<String, Object> answer(String user, String document, String since) {
		try (RawWebSocket socket = RawWebSocket.connect(this.port)) {
			socket.init(token(user)).subscribe("1", document, Map.of("since", since));
			return socket.message();
		}
	}

	private String token(String user) {
		return TestTokens.user(this.account, user, TestTokens.ALL_SCOPES);
	}

}
