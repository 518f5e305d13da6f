package dev.belfry.web.http;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.belfry.input.Refusal;
import dev.belfry.values.OneLine;
import reactor.core.publisher.Mono;

/**
 * Which pages may use {@code /graphql} from a browser: those of Belfry's own origins and
 * those that are listed. A request without an origin is of no page, and passes. Decision
 * 31 says why it is one filter for HTTP and sockets.
 */
final class OriginFilter extends DefaultCorsProcessor implements WebFilter {

	/** For so long a browser need not ask again. */
	private static final Duration REMEMBERED = Duration.ofHours(1);

	/** What a page may see of an answer. */
	private static final List<String> SHOWN = List.of(HttpHeaders.RETRY_AFTER, "RateLimit", "RateLimit-Policy");

	private static final int LONGEST_SHOWN = 200;

	private final String path;

	private final @Nullable WebOrigin published;

	private final CorsConfiguration listed;

	/**
	 * For the path of GraphQL.
	 * @param publicUrl where people reach Belfry; may be empty
	 */
	OriginFilter(String path, String publicUrl, CorsSettings settings) {
		this.path = path;
		this.published = WebOrigin.of(publicUrl);
		this.listed = listed(settings);
	}

	private static CorsConfiguration listed(CorsSettings settings) {
		CorsConfiguration listed = new CorsConfiguration();
		listed.setAllowedOriginPatterns(settings.origins());
		listed.setAllowedMethods(settings.methods());
		listed.setAllowedHeaders(settings.headers());
		listed.setExposedHeaders(SHOWN);
		listed.setMaxAge(REMEMBERED);
		return listed;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!request.getPath().value().equals(this.path)) {
			return chain.filter(exchange);
		}
		exchange.getResponse().getHeaders().setVary(List.of(HttpHeaders.ORIGIN));
		String origin = request.getHeaders().getOrigin();
		if (origin == null || isOwn(origin, request)) {
			return chain.filter(exchange);
		}
		boolean asksFirst = CorsUtils.isPreFlightRequest(request);
		if (!handleInternal(exchange, this.listed, asksFirst)) {
			return GraphQlAnswer.write(exchange, HttpStatus.FORBIDDEN, refusal(origin));
		}
		return asksFirst ? Mono.empty() : chain.filter(exchange);
	}

	/** By the address that the browser used, as far as it is known here. */
	private boolean isOwn(String origin, ServerHttpRequest request) {
		WebOrigin page = WebOrigin.of(origin);
		return page != null && (page.equals(this.published)
				|| page.equals(WebOrigin.of(request.getURI().getScheme() + "://" + request.getURI().getAuthority())));
	}

	private static Refusal refusal(String origin) {
		return Refusal.forbidden("Pages of " + OneLine.cut(OneLine.of(origin), LONGEST_SHOWN)
				+ " may not use this. If they should, name their origin in the setting belfry.cors.origins, "
				+ "or, if it is Belfry's own, in belfry.public-url.");
	}

}
