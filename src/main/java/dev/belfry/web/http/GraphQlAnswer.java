package dev.belfry.web.http;

import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.graphql.MediaTypes;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers an HTTP request that never reached GraphQL in the shape that GraphQL clients
 * read.
 */
final class GraphQlAnswer {

	private static final JsonMapper JSON = new JsonMapper();

	private GraphQlAnswer() {
	}

	static Mono<Void> write(ServerWebExchange exchange, Refusal refusal) {
		return write(exchange, status(refusal.code()), refusal);
	}

	static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, Refusal refusal) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(status);
		response.getHeaders().setContentType(contentType(exchange));
		if (status == HttpStatus.UNAUTHORIZED) {
			response.getHeaders().set("WWW-Authenticate", "Bearer");
		}
		if (refusal.extensions().get(Refusal.RETRY_AFTER) instanceof Long seconds) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds.toString());
		}
		return response.writeWith(Mono.fromSupplier(() -> body(response, refusal)));
	}

	private static DataBuffer body(ServerHttpResponse response, Refusal refusal) {
		return response.bufferFactory().wrap(JSON.writeValueAsBytes(Failures.body(refusal)));
	}

	static HttpStatus status(Refusal.Code code) {
		return switch (code) {
			case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case PAYLOAD_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
			case REQUEST_TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
			case TOO_MANY_CONNECTIONS, TOO_MANY_OPERATIONS, RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
			case OVERLOADED, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
			case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
			default -> HttpStatus.BAD_REQUEST;
		};
	}

	private static MediaType contentType(ServerWebExchange exchange) {
		return accepted(exchange).contains(MediaTypes.APPLICATION_GRAPHQL_RESPONSE)
				? MediaTypes.APPLICATION_GRAPHQL_RESPONSE : MediaType.APPLICATION_JSON;
	}

	private static List<MediaType> accepted(ServerWebExchange exchange) {
		try {
			return exchange.getRequest().getHeaders().getAccept();
		}
		catch (InvalidMediaTypeException garbled) {
			return List.of();
		}
	}

}
