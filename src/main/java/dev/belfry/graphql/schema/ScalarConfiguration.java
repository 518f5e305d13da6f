package dev.belfry.graphql.schema;

import graphql.Scalars;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * The scalars of the schema beside those of GraphQL itself, and Int in place of its own.
 */
@Configuration(proxyBeanMethods = false)
class ScalarConfiguration {

	@Bean
	RuntimeWiringConfigurer scalars() {
		// Strict, the wiring would not let another Int take the place of its own.
		return (wiring) -> wiring.strictMode(false)
			.scalar(Scalars.GraphQLInt.transform((own) -> own.coercing(new IntScalar())))
			.strictMode(true)
			.scalar(scalar("Cursor", new CursorScalar()))
			.scalar(scalar("DateTime", new DateTimeScalar()))
			.scalar(scalar("JSON", new JsonScalar()))
			.scalar(scalar("Long", new LongScalar()));
	}

	private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
		return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
	}

}
