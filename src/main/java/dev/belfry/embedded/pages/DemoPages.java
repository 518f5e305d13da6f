package dev.belfry.embedded.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.server.header.ContentSecurityPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The demo console at {@code /} and GraphiQL, with what they load: all of it comes out of
 * the jar.
 */
final class DemoPages {

	/** E-mails have inline styles. Nothing runs there, and only the console shows it. */
	private static final String MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
			+ "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

	private DemoPages() {
	}

	static RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/", page("embedded/console/index.html"))
			.GET("/graphiql", page("embedded/graphiql/index.html"))
			.GET("/console/mail-frame.html", page("embedded/console/mail-frame.html", DemoPages::frameForMails))
			.add(files("/console/**", "embedded/console/"))
			.add(files("/graphiql/**", "embedded/graphiql/"))
			.add(files("/webjars/**", "META-INF/resources/webjars/"))
			.add(files("/_static/**", "META-INF/resources/_static/"))
			.build();
	}

	private static HandlerFunction<ServerResponse> page(String path) {
		return page(path, (headers) -> {
		});
	}

	private static HandlerFunction<ServerResponse> page(String path, Consumer<HttpHeaders> headers) {
		Resource page = new ClassPathResource(path);
		return (request) -> inMemory(Mono.just(page)).flatMap((file) -> ServerResponse.ok()
			.contentType(MediaType.TEXT_HTML)
			.cacheControl(CacheControl.noCache())
			.headers(headers)
			.bodyValue(file));
	}

	/** What is set here is not set again by Spring Security. */
	private static void frameForMails(HttpHeaders headers) {
		headers.set(ContentSecurityPolicyServerHttpHeadersWriter.CONTENT_SECURITY_POLICY, MAIL_POLICY);
		headers.set(XFrameOptionsServerHttpHeadersWriter.X_FRAME_OPTIONS, "SAMEORIGIN");
	}

	/**
	 * Not cached, because the next version of Belfry has other files under the same
	 * names.
	 */
	private static RouterFunction<ServerResponse> files(String pattern, String directory) {
		Function<ServerRequest, Mono<Resource>> lookup = RouterFunctions.resourceLookupFunction(pattern,
				new ClassPathResource(directory));
		return RouterFunctions.resources((request) -> inMemory(Mono.defer(() -> lookup.apply(request))),
				(file, headers) -> headers.setCacheControl(CacheControl.noCache()));
	}

	/**
	 * To read the jar makes a thread wait, which must not be one of those that serve
	 * sockets.
	 */
	private static Mono<Resource> inMemory(Mono<Resource> file) {
		return file.<Resource>map(Content::new).subscribeOn(Schedulers.boundedElastic());
	}

	/** A file that is read whole. */
	private static final class Content extends ByteArrayResource {

		private final String name;

		Content(Resource file) {
			super(read(file));
			this.name = String.valueOf(file.getFilename());
		}

		private static byte[] read(Resource file) {
			try {
				return file.getContentAsByteArray();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String getFilename() {
			return this.name;
		}

	}

}
