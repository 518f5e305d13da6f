package dev.belfry.graphql.execution;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.parser.ParserOptions;
import graphql.validation.rules.SubscriptionUniqueRootField;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import dev.belfry.quotas.Quotas;
import dev.belfry.quotas.Use;
import dev.belfry.viewer.Viewer;

/**
 * Remembers documents that were parsed and found valid: clients send the same few again
 * and again.
 */
@Configuration(proxyBeanMethods = false)
class ParsedDocuments implements PreparsedDocumentProvider {

	private static final int MOST = 1_000;

	/** Longer ones are written by nobody's frontend. */
	private static final int LONGEST = 10_000;

	/** {@link SubscriptionRoots} takes the place of the one that is left out. */
	private static final Predicate<Class<?>> RULES = (rule) -> rule != SubscriptionUniqueRootField.class;

	private final Cache<String, PreparsedDocumentEntry> valid = Caffeine.newBuilder().maximumSize(MOST).build();

	private final Quotas quotas;

	ParsedDocuments(Quotas quotas) {
		this.quotas = quotas;
	}

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
		Refusal refusal = refusal(input);
		if (refusal != null) {
			return CompletableFuture.completedFuture(new PreparsedDocumentEntry(Failures.error(refusal)));
		}
		input.getGraphQLContext()
			.put(ParserOptions.class, Documents.options())
			.put(ParseAndValidate.INTERNAL_VALIDATION_PREDICATE_HINT, RULES);
		PreparsedDocumentEntry parsed = withoutBadRoots(parseAndValidate.apply(input));
		if (!parsed.hasErrors() && document.length() <= LONGEST) {
			this.valid.put(document, parsed);
		}
		return CompletableFuture.completedFuture(parsed);
	}

	/** To read a document that is not known takes more than to answer most that are. */
	private @Nullable Refusal refusal(ExecutionInput input) {
		Viewer viewer = input.getGraphQLContext().get(Viewer.CONTEXT_KEY);
		return (viewer != null) ? this.quotas.take(viewer, Use.READS, 1).refusal() : null;
	}

	private static PreparsedDocumentEntry withoutBadRoots(PreparsedDocumentEntry parsed) {
		List<GraphQLError> wrong = parsed.hasErrors() ? List.of() : SubscriptionRoots.errors(parsed.getDocument());
		return wrong.isEmpty() ? parsed : new PreparsedDocumentEntry(wrong);
	}

}
