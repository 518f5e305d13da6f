package dev.belfry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Literals;
import dev.belfry.testing.OptionalInput;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.SchemaPaths;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients write {@code null} for what they do not give. Wherever something may be left
 * out, that is the same, unless the schema says what else it means there.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplicitNullTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private static final SchemaPaths PATHS = new SchemaPaths(SCHEMA);

	private static final List<OptionalInput> INPUTS = OptionalInput.of(SCHEMA).toList();

	private final String account = "null-" + UUID.randomUUID();

	private final String token = TestTokens.user(this.account, "owner",
			TestTokens.ALL_SCOPES + " " + TestTokens.PLATFORM_SCOPES);

	@LocalServerPort
	private int port;

	private ResidentInputs inputs;

	@BeforeAll
	void fillAnAccount(@Autowired TestAccounts accounts, @Autowired TestMail mail, @Autowired Ids ids,
			@Autowired Cursors cursors) {
		this.inputs = new ResidentInputs(new Resident(this.account, this.port, accounts, mail, ids, cursors));
	}

	@Test
	void findsWhatMayBeLeftOut() {
		assertThat(INPUTS).extracting(OptionalInput::toString)
			.contains("Bell.recent(first)", "Integration.recentJobNotifications(first)",
					"JobNotificationFacets.integrations(first)", "JobNotificationFacets.origins(first)",
					"Mutation.createAlert(input.enabled)", "Mutation.recordJobCompletions(input.completions.counts)",
					"Subscription.dryRunAlert(input.firstMatches)")
			.hasSizeGreaterThan(150);
	}

	@TestFactory
	Stream<DynamicTest> takesNullForWhatMayBeLeftOut() {
		return INPUTS.stream().map((input) -> DynamicTest.dynamicTest(input.toString(), () -> check(input)));
	}

	private void check(OptionalInput input) {
		for (Transport transport : transports(input)) {
			Object without = told(input, send(transport, input, Form.ABSENT));
			for (Form form : Form.values()) {
				Reply reply = send(transport, input, form);

				assertThat(reply.form()).as("%s %s", transport, form)
					.isIn("status 200", "next", "next, complete", "error");
				assertThat(reply.codes()).as("%s %s %s", transport, form, reply.errors()).isSubsetOf(codes(input));
				if (meansAbsent(input)) {
					assertThat(told(input, reply)).as("%s %s", transport, form).isEqualTo(without);
				}
			}
		}
	}

	/** All for what has a default; of the rest each in its turn is tried on one. */
	private static List<Transport> transports(OptionalInput input) {
		boolean live = input.type().equals(SCHEMA.getSubscriptionType());
		List<Transport> all = live ? List.of(Transport.SSE, Transport.WEBSOCKET) : List.of(Transport.values());
		return input.hasDefault() ? all : List.of(all.get(INPUTS.indexOf(input) % all.size()));
	}

	/** What has no other meaning; of several it is none of them, and refused. */
	private static boolean meansAbsent(OptionalInput input) {
		return input.hasDefault() || !input.oneOf() && !input.description().contains("`null`");
	}

	private static List<String> codes(OptionalInput input) {
		return input.oneOf() ? List.of("GRAPHQL_VALIDATION_FAILED") : List.of();
	}

	/**
	 * A mutation's answer can differ for other reasons, but not what is wrong with it.
	 */
	private static Object told(OptionalInput input, Reply reply) {
		if (!List.of(SCHEMA.getMutationType(), SCHEMA.getSubscriptionType()).contains(input.type())) {
			return reply.codes() + String.valueOf(reply.data());
		}
		List<String> told = new ArrayList<>(reply.codes());
		if (reply.data() != null) {
			reply.data()
				.findValues("userErrors")
				.forEach((errors) -> errors.forEach((error) -> told.add(error.toString())));
		}
		return told;
	}

	private Reply send(Transport transport, OptionalInput input, Form form) {
		Map<String, Object> arguments = arguments(input);
		Map<String, Object> variables = new HashMap<>();
		String declared = "";
		put(arguments, input, form);
		String call;
		if (form == Form.NULL_IN_VARIABLE) {
			GraphQLInputType type = input.field().getArgument(input.path().get(0)).getType();
			declared = "($a: " + GraphQLTypeUtil.simplePrint(type) + ")";
			variables.put("a", arguments.get(input.path().get(0)));
			call = input.field().getName() + "(" + others(input, arguments) + input.path().get(0) + ": $a)";
		}
		else {
			if (form == Form.NULL_VARIABLE || form == Form.ABSENT_VARIABLE) {
				declared = "($v: " + GraphQLTypeUtil.simplePrint(GraphQLTypeUtil.unwrapNonNull(input.input())) + ")";
			}
			if (form == Form.NULL_VARIABLE) {
				variables.put("v", null);
			}
			String written = written(input, arguments);
			call = input.field().getName() + (written.isEmpty() ? "" : "(" + written + ")");
		}
		// Below a root, lists of lists would soon have more items than an operation may.
		boolean root = List.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType())
			.contains(input.type());
		String document = PATHS.operation(input.type(), declared, call, input.field().getType(), root ? 2 : 1);
		String token = input.field().getName().equals("upsertAccounts") ? TestTokens.platform() : this.token;
		return transport.ask(this.port, token, document, variables);
	}

	private static String written(OptionalInput input, Map<String, Object> arguments) {
		return String.join(", ", arguments.entrySet()
			.stream()
			.map((argument) -> argument.getKey() + ": "
					+ Literals.write(input.field().getArgument(argument.getKey()).getType(), argument.getValue()))
			.toList());
	}

	private static String others(OptionalInput input, Map<String, Object> arguments) {
		Map<String, Object> others = new LinkedHashMap<>(arguments);
		others.remove(input.path().get(0));
		String written = written(input, others);
		return written.isEmpty() ? "" : written + ", ";
	}

	/** A call that is right, or as right as needs be. */
	private Map<String, Object> arguments(OptionalInput input) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		input.field()
			.getArguments()
			.stream()
			.filter((argument) -> GraphQLTypeUtil.isNonNull(argument.getType()) && !argument.hasSetDefaultValue())
			.forEach((argument) -> arguments.put(argument.getName(), Literals.sample(argument.getType())));
		Map<String, Object> known = this.inputs.of(input.field().getName());
		if (known != null) {
			arguments.put("input", copy(known));
		}
		return arguments;
	}

	@SuppressWarnings("unchecked")
	private static void put(Map<String, Object> arguments, OptionalInput input, Form form) {
		Map<String, Object> here = arguments;
		List<String> path = input.path();
		GraphQLInputType type = input.field().getArgument(path.get(0)).getType();
		for (int i = 0; i < path.size() - 1; i++) {
			here = step(here, path.get(i), type, path.get(i + 1));
			type = ((GraphQLInputObjectType) GraphQLTypeUtil.unwrapAll(type)).getField(path.get(i + 1)).getType();
		}
		String last = path.get(path.size() - 1);
		switch (form) {
			case ABSENT -> here.remove(last);
			case NULL, NULL_IN_VARIABLE -> here.put(last, null);
			default -> here.put(last, Literals.VARIABLE);
		}
	}

	/** The object at a name, or the first of its list; it is made if need be. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> step(Map<String, Object> here, String name, GraphQLInputType type, String next) {
		GraphQLUnmodifiedType named = GraphQLTypeUtil.unwrapAll(type);
		boolean list = GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList;
		Object known = here.get(name);
		Object first = (known instanceof List<?> items) ? (items.isEmpty() ? null : items.get(0)) : known;
		Map<String, Object> object = (first != null) ? new LinkedHashMap<>((Map<String, Object>) first)
				: new LinkedHashMap<>((Map<String, Object>) sample((GraphQLInputObjectType) named));
		if (((GraphQLInputObjectType) named).isOneOf()) {
			object.keySet().retainAll(List.of(next));
		}
		here.put(name, list ? new ArrayList<>(List.of(object)) : object);
		return object;
	}

	private static Object sample(GraphQLInputObjectType type) {
		Map<String, Object> test = Map.of("field", "order.total", "operator", "GREATER", "value", 1);
		return switch (type.getName()) {
			case "ConditionTestInput" -> test;
			case "ConditionItemsInput" -> Map.of("field", "order.lines", "where",
					Map.of("test", Map.of("field", "quantity", "operator", "GREATER", "value", 1)));
			default -> Literals.sample(type);
		};
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> copy(Map<String, Object> object) {
		Map<String, Object> copy = new LinkedHashMap<>(object);
		copy.replaceAll(
				(name, value) -> (value instanceof Map<?, ?> inner) ? copy((Map<String, Object>) inner) : value);
		return copy;
	}

	/** How a client gives nothing. */
	private enum Form {

		/** It is not there. */
		ABSENT,
		/** It is null in the document. */
		NULL,
		/** It is a variable that is null. */
		NULL_VARIABLE,
		/** It is a variable that is not there. */
		ABSENT_VARIABLE,
		/** It is null within the argument, which is a variable. */
		NULL_IN_VARIABLE

	}

}
