package dev.belfry.graphql.schema;

import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.ClassNameTypeResolver;

/**
 * Which type of the schema an object has: that of its class's name, without a
 * {@code View} at the end.
 */
@Configuration(proxyBeanMethods = false)
class TypeNames {

	@Bean
	GraphQlSourceBuilderCustomizer typesByClassName() {
		ClassNameTypeResolver resolver = new ClassNameTypeResolver();
		resolver.setClassNameExtractor((type) -> type.getSimpleName().replaceFirst("View$", ""));
		return (builder) -> builder.defaultTypeResolver(resolver);
	}

}
