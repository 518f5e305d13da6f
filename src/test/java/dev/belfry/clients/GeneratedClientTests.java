package dev.belfry.clients;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.netflix.graphql.dgs.client.codegen.BaseProjectionNode;
import com.netflix.graphql.dgs.client.codegen.GraphQLQuery;
import com.netflix.graphql.dgs.client.codegen.GraphQLQueryRequest;
import graphql.parser.Parser;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.StringUtils;

import dev.belfry.api.client.PublishEventsGraphQLQuery;
import dev.belfry.api.client.PublishEventsProjectionRoot;
import dev.belfry.api.client.UpsertUsersGraphQLQuery;
import dev.belfry.api.client.UpsertUsersProjectionRoot;
import dev.belfry.api.types.Alert;
import dev.belfry.api.types.Delivery;
import dev.belfry.api.types.PlatformEventInput;
import dev.belfry.api.types.PublishEventResult;
import dev.belfry.api.types.PublishEventsInput;
import dev.belfry.api.types.PublishEventsPayload;
import dev.belfry.api.types.RecordStatus;
import dev.belfry.api.types.UpsertStatus;
import dev.belfry.api.types.UpsertUserResult;
import dev.belfry.api.types.UpsertUsersInput;
import dev.belfry.api.types.UpsertUsersPayload;
import dev.belfry.api.types.UserInput;
import dev.belfry.api.types.UserRole;
import dev.belfry.sample.LargeOrders;
import dev.belfry.sample.TypedClient;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Orders;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The client that is generated from the schema, and the sample that is built on it. */
@BelfryTest
class GeneratedClientTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private final String account = "typed-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Test
	void tellsTheOwnerOfALargeOrderAsTheSampleAsks(@Autowired TestAccounts accounts) throws Exception {
		accounts.create(this.account);
		makeOwner("owner@shop.example");
		LargeOrders sample = new LargeOrders(client(TestTokens.owner(this.account)));

		Alert alert = sample.alert();
		publish(Orders.of("A-1", "US", 900));

		assertThat(sample.alert()).isEqualTo(alert);
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> !sample.emails().isEmpty());
		assertThat(sample.emails()).extracting(Delivery::getAddress).containsExactly("owner@shop.example");
	}

	@Test
	void saysWhatIsRefused() {
		assertThatIOException().isThrownBy(() -> new LargeOrders(client("nonsense")).alert())
			.withMessageContaining("UNAUTHENTICATED");
		assertThatIOException().isThrownBy(() -> new LargeOrders(client(TestTokens.platform())).alert())
			.withMessageContaining("alerts:read");
	}

	@ParameterizedTest
	@MethodSource("queriesAndMutations")
	void asksEachQueryAndMutation(GraphQLFieldDefinition field) throws ReflectiveOperationException {
		String name = "dev.belfry.api.client." + StringUtils.capitalize(field.getName());
		Object builder = Class.forName(name + "GraphQLQuery").getMethod("newRequest").invoke(null);
		for (GraphQLArgument argument : field.getArguments()) {
			Method reference = builder.getClass().getMethod(argument.getName() + "Reference", String.class);
			reference.invoke(builder, argument.getName());
		}
		GraphQLQuery query = (GraphQLQuery) builder.getClass().getMethod("build").invoke(builder);
		Class<?> projection = Class.forName(name + "ProjectionRoot");
		Object selection = projection.getMethod("__typename").invoke(projection.getConstructor().newInstance());

		String document = new GraphQLQueryRequest(query, (BaseProjectionNode) selection).serialize();

		assertThat(new Validator().validateDocument(SCHEMA, Parser.parse(document), Locale.ENGLISH)).isEmpty();
	}

	static Stream<GraphQLFieldDefinition> queriesAndMutations() {
		return Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType())
			.flatMap((root) -> root.getFieldDefinitions().stream());
	}

	private void makeOwner(String email) throws IOException, InterruptedException {
		UserInput owner = UserInput.newBuilder()
			.externalId("owner")
			.name("Olga")
			.role(UserRole.OWNER)
			.email(email)
			.build();
		UpsertUsersInput input = UpsertUsersInput.newBuilder().account(this.account).users(List.of(owner)).build();
		UpsertUsersPayload payload = client(TestTokens.platform()).ask(
				UpsertUsersGraphQLQuery.newRequest().input(input).build(),
				new UpsertUsersProjectionRoot<>().results().status(), UpsertUsersPayload.class);
		assertThat(payload.getResults()).extracting(UpsertUserResult::getStatus).containsExactly(UpsertStatus.CREATED);
	}

	private void publish(Map<String, Object> order) throws IOException, InterruptedException {
		PlatformEventInput event = PlatformEventInput.newBuilder()
			.eventId("event-1")
			.type(Orders.TYPE)
			.occurredAt(Instant.parse("2026-03-01T09:00:00Z"))
			.payload(order)
			.build();
		PublishEventsInput input = PublishEventsInput.newBuilder().account(this.account).events(List.of(event)).build();
		PublishEventsPayload payload = client(TestTokens.platform()).ask(
				PublishEventsGraphQLQuery.newRequest().input(input).build(),
				new PublishEventsProjectionRoot<>().results().status(), PublishEventsPayload.class);
		assertThat(payload.getResults()).extracting(PublishEventResult::getStatus)
			.containsExactly(RecordStatus.RECORDED);
	}

	private TypedClient client(String token) {
		return new TypedClient("http://127.0.0.1:" + this.port, token);
	}

}
