package dev.belfry.graphql.schema;

import java.util.Objects;

import graphql.schema.DataFetcher;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

import dev.belfry.viewer.Viewer;

/**
 * Holds fields with {@code @requiresScope} against the viewer's scopes before they are
 * fetched. On a type it is for {@code node} and {@code nodes}, which any object of it can
 * be asked for.
 */
public class ScopeDirective implements SchemaDirectiveWiring {

	private static final String NAME = "requiresScope";

	/** The scope that a field or a type names, if any. */
	public static @Nullable String scopeOf(GraphQLDirectiveContainer element) {
		GraphQLAppliedDirective directive = element.getAppliedDirective(NAME);
		return (directive != null) ? directive.getArgument("scope").<String>getValue() : null;
	}

	@Override
	public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
		String scope = Objects.requireNonNull(scopeOf(environment.getElement()));
		DataFetcher<?> fetcher = environment.getFieldDataFetcher();
		return environment.setFieldDataFetcher((field) -> {
			Viewer viewer = Objects.requireNonNull(field.getGraphQlContext().get(Viewer.CONTEXT_KEY));
			viewer.require(scope);
			return fetcher.get(field);
		});
	}

	/** Adds the directive to the schema. */
	@Configuration(proxyBeanMethods = false)
	static class Wiring {

		@Bean
		RuntimeWiringConfigurer scopes() {
			return (wiring) -> wiring.directive(NAME, new ScopeDirective());
		}

	}

}
