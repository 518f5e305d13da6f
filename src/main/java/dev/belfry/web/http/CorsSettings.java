package dev.belfry.web.http;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.belfry.start.StartRefused;
import dev.belfry.values.OneLine;

/**
 * What pages of other origins may do at {@code /graphql}, over HTTP, server-sent events
 * and WebSocket alike.
 *
 * @param origins such as {@code https://shop.example}, or a pattern of it,
 * {@code https://*.shop.example}; {@code *} is any. Those of Belfry itself need not be
 * named
 * @param methods that they may send, GET and POST unless others are named; a WebSocket
 * begins with a GET
 * @param headers that they may send; {@code *} is any
 */
@ConfigurationProperties("belfry.cors")
record CorsSettings(@DefaultValue List<String> origins, @DefaultValue List<String> methods,
		@DefaultValue("*") List<String> headers) {

	private static final List<String> METHODS = List.of("GET", "POST");

	CorsSettings {
		origins = origins.stream().map(CorsSettings::checked).toList();
		methods = methods.isEmpty() ? METHODS : methods;
	}

	/** What no browser would ever send as an origin would be in vain. */
	private static String checked(String origin) {
		String trimmed = origin.strip().replaceFirst("/$", "");
		StartRefused.unless(trimmed.matches("\\*|null|[a-zA-Z][a-zA-Z0-9+.-]*://[!-~&&[^/?#@]]+"),
				"belfry.cors.origins has \"" + OneLine.of(origin) + "\", which no browser sends.",
				"Write a scheme and a host, and a port if it has one, for example https://shop.example; "
						+ "an international domain in ASCII, xn--….");
		return trimmed;
	}

}
