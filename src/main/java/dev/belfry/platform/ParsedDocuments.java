package dev.belfry.platform;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.parser.ParserOptions;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Remembers documents that were parsed and found valid: clients send the same few again
 * and again.
 */
@Configuration(proxyBeanMethods = false)
class ParsedDocuments implements PreparsedDocumentProvider {

	private static final int MOST = 1_000;

	/** Longer ones are written by nobody's frontend. */
	private static final int LONGEST = 10_000;

	private final Cache<String, PreparsedDocumentEntry> valid = Caffeine.newBuilder().maximumSize(MOST).build();

	@Bean
	GraphQlSourceBuilderCustomizer parsedDocumentsAreRemembered() {
		return (builder) -> builder.configureGraphQl((graphQl) -> graphQl.preparsedDocumentProvider(this));
	}

	@Override
	public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(ExecutionInput input,
			Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
		String document = input.getQuery();
		PreparsedDocumentEntry known = this.valid.getIfPresent(document);
		if (known != null) {
			return CompletableFuture.completedFuture(known);
		}
		input.getGraphQLContext().put(ParserOptions.class, Documents.OPTIONS);
		PreparsedDocumentEntry parsed = parseAndValidate.apply(input);
		if (!parsed.hasErrors() && document.length() <= LONGEST) {
			this.valid.put(document, parsed);
		}
		return CompletableFuture.completedFuture(parsed);
	}

}
