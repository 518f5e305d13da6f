package dev.belfry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.RepeatedCalls.RepeatedCall;
import dev.belfry.store.AccountDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that is repeated with its idempotency key is answered as the first one was: for
 * every mutation of the schema that takes one (promise 3).
 */
@BelfryTest
class RepeatedCallTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private TestMail mail;

	private Shop shop;

	@BeforeEach
	void openShop() {
		String name = "repeated-" + UUID.randomUUID();
		this.shop = Shop.open(name, this.port, this.accounts.create(name), this.database, this.mail);
	}

	@Test
	void knowsEveryMutationThatTakesAKey() {
		Set<String> withKey = SCHEMA.getMutationType()
			.getFieldDefinitions()
			.stream()
			.filter((mutation) -> input(mutation).getField("idempotencyKey") != null)
			.map(GraphQLFieldDefinition::getName)
			.collect(Collectors.toSet());

		assertThat(RepeatedCalls.ALL.keySet()).isEqualTo(withKey);
	}

	@ParameterizedTest
	@MethodSource("mutations")
	void saysWhatTheFirstAnswerSaidThoughItIsGone(String mutation) {
		RepeatedCall call = RepeatedCalls.ALL.get(mutation);
		Map<String, Object> input = with(call.input().apply(this.shop), "idempotencyKey", "key");
		Map<String, Object> first = answer(call, input);
		call.removal().of(this.shop, first);

		Map<String, Object> again = answer(call, input);

		assertThat(without(call.changing(), again)).isEqualTo(without(call.changing(), first));
	}

	@ParameterizedTest
	@MethodSource("mutations")
	void takesAbsentAndNullForTheSameWhereTheyAre(String mutation) {
		RepeatedCall call = RepeatedCalls.ALL.get(mutation);
		Map<String, Object> input = with(call.input().apply(this.shop), "idempotencyKey", "key");
		Map<String, Object> first = answer(call, input);
		Map<String, Object> nulls = new HashMap<>(input);
		input(SCHEMA.getMutationType().getField(mutation)).getFields()
			.stream()
			.filter((field) -> !GraphQLTypeUtil.isNonNull(field.getType()))
			.map(GraphQLInputObjectField::getName)
			.filter((field) -> !input.containsKey(field) && !call.nullSaysSomething().contains(field))
			.forEach((field) -> nulls.put(field, null));

		Map<String, Object> again = answer(call, nulls);

		assertThat(without(call.changing(), again)).isEqualTo(without(call.changing(), first));
	}

	@Test
	void takesAbsentAndNullForTheSameWithinAnInput() {
		Map<String, Object> test = Map.of("field", "order.note", "operator", "EXISTS");
		Map<String, Object> input = Map.of("name", "New", "eventType", "ORDER_IMPORTED", "recipients", List.of(),
				"idempotencyKey", "key");
		Map<String, Object> first = this.shop.change("createAlert", with(input, "condition", Map.of("test", test)));

		Map<String, Object> again = this.shop.change("createAlert",
				with(input, "condition", Map.of("test", with(test, "value", null, "caseSensitive", null))));

		assertThat(again).isEqualTo(first);
	}

	@Test
	void tellsNullFromAbsentWhereItClears() {
		String id = RepeatedCalls.ALL.get("setAlertEnabled").input().apply(this.shop).get("id").toString();
		Map<String, Object> input = Map.of("id", id, "expectedVersion", 1, "name", "Renamed", "idempotencyKey", "key");
		this.shop.change("updateAlert", input);

		ClientGraphQlResponse other = this.shop.owner()
			.run("updateAlert", Map.of("input", with(input, "condition", null)));

		assertThat(other.field("updateAlert.userErrors[0].code").toEntity(String.class))
			.isEqualTo("IDEMPOTENCY_CONFLICT");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "markBellSeen", "markAllJobNotificationsRead", "setJobNotificationsRead", "sendTestAlert" })
	void letsTwoUsersHaveOneKeyForWhatIsTheirOwn(String mutation) {
		RepeatedCall call = RepeatedCalls.ALL.get(mutation);
		BelfryClient ben = new BelfryClient(this.port, TestTokens.user(this.shop.name(), "ben", TestTokens.ALL_SCOPES));
		ben.bell();
		Map<String, Object> input = with(call.input().apply(this.shop), "idempotencyKey", "key");

		Map<String, Object> ours = answer(call, input);
		Map<?, ?> bens = ben.run(mutation, Map.of("input", input)).field(mutation).toEntity(Map.class);

		assertThat((List<?>) bens.get("userErrors")).isEmpty();
		String own = mutation.equals("sendTestAlert") ? "delivery" : "bell";
		assertThat(((Map<?, ?>) bens.get(own)).get("id")).isNotEqualTo(((Map<?, ?>) ours.get(own)).get("id"));
		assertThat(ben.bell().unreadCount()).isEqualTo(mutation.contains("Read") ? 0 : ben.bell().unreadCount());
	}

	@Test
	void forgetsAnErasedAddressInWhatItKeepsOfAnswers() {
		Map<String, Object> input = Map.of("name", "Team", "addresses", List.of("Ann@Shop.example"), "idempotencyKey",
				"key");
		Map<?, ?> made = (Map<?, ?>) this.shop.change("createRecipientList", input).get("recipientList");
		this.shop.change("deleteRecipientList", Map.of("id", made.get("id")));

		this.shop.change("eraseAddress", Map.of("address", "ann@shop.example"));

		assertThat(this.shop.change("createRecipientList", input).get("recipientList")).isNull();
	}

	private Map<String, Object> answer(RepeatedCall call, Map<String, Object> input) {
		ClientGraphQlResponse answer = call.client(this.shop).run(call.mutation(), Map.of("input", input));
		assertThat(answer.getErrors()).isEmpty();
		Map<String, Object> payload = payload(answer, call.mutation());
		assertThat(payload).containsEntry("userErrors", List.of());
		return payload;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> payload(ClientGraphQlResponse answer, String mutation) {
		return answer.field(mutation).toEntity(Map.class);
	}

	private static Object without(Set<String> fields, Object value) {
		if (value instanceof Map<?, ?> object) {
			Map<Object, Object> rest = new HashMap<>();
			object.forEach((name, part) -> {
				if (!fields.contains(name)) {
					rest.put(name, without(fields, part));
				}
			});
			return rest;
		}
		return (value instanceof List<?> list) ? list.stream().map((item) -> without(fields, item)).toList() : value;
	}

	private static Map<String, Object> with(Map<String, Object> values, Object... more) {
		Map<String, Object> all = new HashMap<>(values);
		for (int i = 0; i < more.length; i += 2) {
			all.put((String) more[i], more[i + 1]);
		}
		return all;
	}

	private static Set<String> mutations() {
		return RepeatedCalls.ALL.keySet();
	}

	private static GraphQLInputObjectType input(GraphQLFieldDefinition mutation) {
		return (GraphQLInputObjectType) GraphQLTypeUtil.unwrapAll(mutation.getArgument("input").getType());
	}

}
