package dev.belfry.platform;

import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** The scalars of the schema beside those of GraphQL itself. */
@Configuration(proxyBeanMethods = false)
class ScalarConfiguration {

	@Bean
	RuntimeWiringConfigurer scalars() {
		return (wiring) -> wiring.scalar(scalar("Cursor", new CursorScalar()))
			.scalar(scalar("DateTime", new DateTimeScalar()))
			.scalar(scalar("JSON", new JsonScalar()))
			.scalar(scalar("Long", new LongScalar()));
	}

	private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
		return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
	}

}
