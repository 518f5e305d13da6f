package dev.belfry.graphql.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * Gives arguments and fields of inputs their default also where a client writes
 * {@code null} for what it does not give, as many client libraries do. GraphQL alone
 * knows an explicit null from an absent value, and hands it on.
 */
final class NullDefaults implements SchemaDirectiveWiring {

	/** Types of inputs by whether there is a default somewhere within them. */
	private final Map<String, Boolean> known = new ConcurrentHashMap<>();

	@Override
	public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
		if (environment.getElement().getArguments().isEmpty()) {
			return environment.getElement();
		}
		DataFetcher<?> fetcher = environment.getFieldDataFetcher();
		return environment.setFieldDataFetcher((field) -> fetcher.get(withDefaults(field)));
	}

	private DataFetchingEnvironment withDefaults(DataFetchingEnvironment field) {
		Map<String, @Nullable Object> given = field.getArguments();
		Map<String, @Nullable Object> filled = given;
		for (GraphQLArgument argument : field.getFieldDefinition().getArguments()) {
			if (given.containsKey(argument.getName())) {
				Object value = given.get(argument.getName());
				filled = with(given, filled, argument.getName(), (value == null && argument.hasSetDefaultValue())
						? GraphQLArgument.getArgumentDefaultValue(argument) : filled(argument.getType(), value));
			}
		}
		return (filled == given) ? field
				: DataFetchingEnvironmentImpl.newDataFetchingEnvironment(field).arguments(filled).build();
	}

	private @Nullable Object filled(GraphQLInputType type, @Nullable Object value) {
		if (!(GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLInputObjectType object) || !hasDefaults(object)) {
			return value;
		}
		return (value instanceof List<?> list) ? filled(type, list)
				: (value instanceof Map<?, ?> fields) ? filled(object, fields) : value;
	}

	private List<?> filled(GraphQLInputType type, List<?> list) {
		List<@Nullable Object> filled = new ArrayList<>(list.size());
		boolean same = true;
		for (Object item : list) {
			Object better = filled(type, item);
			filled.add(better);
			same &= better == item;
		}
		return same ? list : filled;
	}

	@SuppressWarnings("unchecked")
	private Map<String, @Nullable Object> filled(GraphQLInputObjectType type, Map<?, ?> fields) {
		Map<String, @Nullable Object> given = (Map<String, @Nullable Object>) fields;
		Map<String, @Nullable Object> filled = given;
		for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
			if (given.containsKey(field.getName())) {
				Object value = given.get(field.getName());
				filled = with(given, filled, field.getName(), (value == null && field.hasSetDefaultValue())
						? GraphQLInputObjectField.getInputFieldDefaultValue(field) : filled(field.getType(), value));
			}
		}
		return filled;
	}

	/** A copy is made only when there is something to change. */
	private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> given,
			Map<String, @Nullable Object> filled, String name, @Nullable Object value) {
		if (value == given.get(name)) {
			return filled;
		}
		Map<String, @Nullable Object> copy = (filled == given) ? new LinkedHashMap<>(given) : filled;
		copy.put(name, value);
		return copy;
	}

	private boolean hasDefaults(GraphQLInputObjectType type) {
		return this.known.computeIfAbsent(type.getName(), (name) -> hasDefaults(type, new HashSet<>()));
	}

	private static boolean hasDefaults(GraphQLInputObjectType type, Set<String> seen) {
		return seen.add(type.getName()) && type.getFieldDefinitions()
			.stream()
			.anyMatch((field) -> field.hasSetDefaultValue()
					|| GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLInputObjectType inner
							&& hasDefaults(inner, seen));
	}

	@Configuration(proxyBeanMethods = false)
	static class Wiring {

		@Bean
		RuntimeWiringConfigurer nullDefaults() {
			return (wiring) -> wiring.directiveWiring(new NullDefaults());
		}

	}

}
