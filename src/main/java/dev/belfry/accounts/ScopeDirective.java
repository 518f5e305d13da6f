package dev.belfry.accounts;

import java.util.Objects;

import graphql.schema.DataFetcher;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * Holds fields with {@code @requiresScope} against the viewer's scopes before they are
 * fetched.
 */
class ScopeDirective implements SchemaDirectiveWiring {

	@Override
	public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
		String scope = Objects.requireNonNull(environment.getAppliedDirective().getArgument("scope").getValue());
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
			return (wiring) -> wiring.directive("requiresScope", new ScopeDirective());
		}

	}

}
