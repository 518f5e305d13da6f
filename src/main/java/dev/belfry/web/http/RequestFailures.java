package dev.belfry.web.http;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import dev.belfry.input.Refusal.Code;
import reactor.core.publisher.Mono;

/** Answers requests that fail before or outside of GraphQL, without details. */
@Component
@Order(-2)
class RequestFailures implements WebExceptionHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		if (exchange.getResponse().isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			return Mono.error(failure);
		}
		if (isTooLarge(failure)) {
			return GraphQlAnswer.write(exchange, Refusal.of(Code.PAYLOAD_TOO_LARGE, "The body is larger than 64 MiB."));
		}
		if (failure instanceof ResponseStatusException known) {
			return answer(exchange, known.getStatusCode(), known);
		}
		if (failure instanceof AuthenticationServiceException) {
			return GraphQlAnswer.write(exchange,
					Refusal.unavailable("The issuer of the token does not answer. Try again in a moment."));
		}
		return GraphQlAnswer.write(exchange, Failures.refusal(failure, exchange.getRequest().getId()));
	}

	private static Mono<Void> answer(ServerWebExchange exchange, HttpStatusCode status, ResponseStatusException known) {
		if (status.isSameCodeAs(HttpStatus.BAD_REQUEST)) {
			return GraphQlAnswer.write(exchange, Refusal.of(Code.BAD_USER_INPUT,
					"The body is not a GraphQL request: a JSON object with a \"query\" and, if need be, \"variables\". "
							+ "Several operations come one by one, not as a list."));
		}
		if (status.is4xxClientError()) {
			exchange.getResponse().setStatusCode(status);
			exchange.getResponse().getHeaders().putAll(known.getHeaders());
			return exchange.getResponse().setComplete();
		}
		return GraphQlAnswer.write(exchange, Failures.refusal(known, exchange.getRequest().getId()));
	}

	private static boolean isTooLarge(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof DataBufferLimitException || cause instanceof ContentTooLargeException) {
				return true;
			}
		}
		return false;
	}

}
