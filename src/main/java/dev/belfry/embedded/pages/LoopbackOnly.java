package dev.belfry.embedded.pages;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

/**
 * Answers pages and programs of this machine only. A page of another site may not ask:
 * neither directly nor by a host name of its own that leads to this machine.
 */
class LoopbackOnly implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		boolean ours = isLoopback(headers.getFirst(HttpHeaders.HOST))
				&& !"cross-site".equals(headers.getFirst("Sec-Fetch-Site"));
		return ours ? next.handle(request)
				: ServerResponse.status(HttpStatus.FORBIDDEN)
					.contentType(MediaType.TEXT_PLAIN)
					.bodyValue("This is for pages and programs of this machine only.");
	}

	private static boolean isLoopback(@Nullable String host) {
		return host != null && NAMES.contains(host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT));
	}

}
