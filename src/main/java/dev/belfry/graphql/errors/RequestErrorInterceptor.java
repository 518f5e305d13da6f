package dev.belfry.graphql.errors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;

import dev.belfry.input.Refusal.Code;
import reactor.core.publisher.Mono;

/**
 * Gives the errors that GraphQL itself finds a code, and takes the Java out of their
 * words.
 */
@Component
class RequestErrorInterceptor implements WebGraphQlInterceptor {

	private static final Map<Pattern, String> WORDS = words();

	@Override
	public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
		return chain.next(request).map(RequestErrorInterceptor::withCodes);
	}

	private static WebGraphQlResponse withCodes(WebGraphQlResponse response) {
		List<GraphQLError> errors = response.getExecutionResult().getErrors();
		if (errors.stream().allMatch(RequestErrorInterceptor::hasCode)) {
			return response;
		}
		List<GraphQLError> coded = errors.stream().map(RequestErrorInterceptor::withCode).toList();
		return response.transform((result) -> result.errors(coded));
	}

	private static boolean hasCode(GraphQLError error) {
		return error.getExtensions() != null && error.getExtensions().containsKey("code");
	}

	private static GraphQLError withCode(GraphQLError error) {
		if (hasCode(error)) {
			return error;
		}
		Map<String, Object> extensions = new LinkedHashMap<>(
				Objects.requireNonNullElse(error.getExtensions(), Map.of()));
		extensions.put("code", code(error.getErrorType()).name());
		GraphqlErrorBuilder<?> coded = GraphqlErrorBuilder.newError()
			.message("%s", plain(String.valueOf(error.getMessage())))
			.errorType(error.getErrorType())
			.extensions(extensions);
		if (error.getLocations() != null) {
			coded.locations(error.getLocations());
		}
		if (error.getPath() != null) {
			coded.path(error.getPath());
		}
		return coded.build();
	}

	private static Code code(ErrorClassification classification) {
		if (classification == ErrorType.InvalidSyntax) {
			return Code.GRAPHQL_PARSE_FAILED;
		}
		boolean ours = classification == ErrorType.DataFetchingException
				|| classification == ErrorType.NullValueInNonNullableField;
		return ours ? Code.INTERNAL_ERROR : Code.GRAPHQL_VALIDATION_FAILED;
	}

	private static String plain(String message) {
		String plain = message;
		for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
			plain = word.getKey().matcher(plain).replaceAll(word.getValue());
		}
		return plain;
	}

	/**
	 * Names of Java that messages of GraphQL Java show in quotes, or around a literal.
	 */
	private static Map<Pattern, String> words() {
		Map<Pattern, String> words = new LinkedHashMap<>();
		words.put(Pattern.compile("'(?:Linked)?(?:Hash)?Map'"), "object");
		words.put(Pattern.compile("'(?:Array|Immutable)?(?:Collections\\.)?List(?:12|N)?'"), "list");
		words.put(Pattern.compile("'(?:Integer|Long|Double|BigDecimal|BigInteger)'"), "number");
		words.put(Pattern.compile("\\b(?:String|Int|Float|Boolean|Enum|Array|Object)Value\\{(?:name|value)="), "{");
		words.put(Pattern.compile("\\b(?:graphql|java|tools|org)\\.[\\w.$]+"), "value");
		return words;
	}

}
