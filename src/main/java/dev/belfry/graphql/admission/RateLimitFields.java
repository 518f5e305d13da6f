package dev.belfry.graphql.admission;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import graphql.GraphQLError;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;

import dev.belfry.input.Refusal;
import dev.belfry.quotas.Balance;
import dev.belfry.quotas.Quotas;

/**
 * Says in headers of HTTP what is left of the quotas that an operation counted for, and
 * when to come again.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">
 * RateLimit header fields for HTTP, draft 10</a>
 */
final class RateLimitFields {

	/** For the answers of pages that are shown these headers. */
	private static final String POLICY = "RateLimit-Policy";

	private static final String LIMIT = "RateLimit";

	private RateLimitFields() {
	}

	static void write(WebGraphQlResponse response) {
		HttpHeaders headers = response.getResponseHeaders();
		Quotas.Answer answer = response.getExecutionInput().getGraphQLContext().get(Quotas.Answer.class);
		if (answer != null && !answer.balances().isEmpty()) {
			headers.set(POLICY, list(answer.balances(), RateLimitFields::policy));
			headers.set(LIMIT, list(answer.balances(), RateLimitFields::limit));
		}
		response.getExecutionResult()
			.getErrors()
			.stream()
			.map(GraphQLError::getExtensions)
			.filter(Objects::nonNull)
			.map((extensions) -> extensions.get(Refusal.RETRY_AFTER))
			.filter(Objects::nonNull)
			.findFirst()
			.ifPresent((seconds) -> headers.set(HttpHeaders.RETRY_AFTER, seconds.toString()));
	}

	private static String list(List<Balance> balances, Function<Balance, String> item) {
		return balances.stream().map(item).collect(Collectors.joining(", "));
	}

	private static String policy(Balance balance) {
		return "\"" + balance.policy() + "\";q=" + balance.quota() + ";w=" + seconds(balance.window());
	}

	private static String limit(Balance balance) {
		return "\"" + balance.policy() + "\";r=" + balance.left() + ";t=" + seconds(balance.reset());
	}

	private static long seconds(Duration time) {
		return time.plusMillis(999).toSeconds();
	}

}
