package dev.belfry.testing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.graphql.client.WebSocketGraphQlClient;
import org.springframework.graphql.client.WebSocketGraphQlClientInterceptor;
import org.springframework.graphql.support.DocumentSource;
import org.springframework.graphql.support.ResourceDocumentSource;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Somebody who uses Belfry at a port with a token, by the documents of the client
 * samples.
 */
public final class BelfryClient {

	public static final Duration TIMEOUT = Duration.ofSeconds(20);

	/** The client samples, which are also on the test class path. */
	private static final DocumentSource SAMPLES = new ResourceDocumentSource(
			List.of(new ClassPathResource("graphql-test/")), List.of(".graphql"));

	private final int port;

	private final String token;

	private final HttpGraphQlClient http;

	public BelfryClient(int port, String token) {
		this(port, token, HttpClient.create().compress(true));
	}

	/** With connections of its own; all others share the few that there are to a port. */
	public BelfryClient(int port, String token, HttpClient connections) {
		this.port = port;
		this.token = token;
		WebClient web = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(connections))
			.baseUrl("http://127.0.0.1:" + port + "/graphql")
			.defaultHeaders((headers) -> headers.setBearerAuth(token))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
			.build();
		this.http = HttpGraphQlClient.builder(web).documentSource(SAMPLES).build();
	}

	/** Runs a document of the client samples by its name. */
	public Mono<ClientGraphQlResponse> send(String document, Map<String, Object> variables) {
		return this.http.documentName(document).variables(variables).execute();
	}

	public ClientGraphQlResponse run(String document, Map<String, Object> variables) {
		return send(document, variables).block(TIMEOUT);
	}

	/** Runs a document given as text. */
	public ClientGraphQlResponse ask(String document) {
		return sendText(document).block(TIMEOUT);
	}

	public Mono<ClientGraphQlResponse> sendText(String document) {
		return this.http.document(document).execute();
	}

	public ClientGraphQlResponse ask(String document, Map<String, Object> variables) {
		return this.http.document(document).variables(variables).execute().block(TIMEOUT);
	}

	public Mono<ClientGraphQlResponse> record(String account, List<? extends Object> completions) {
		return send("recordJobCompletions", Map.of("input", Map.of("account", account, "completions", completions)));
	}

	public Mono<ClientGraphQlResponse> publish(String account, List<? extends Object> events) {
		return send("publishEvents", Map.of("input", Map.of("account", account, "events", events)));
	}

	public BellBadge bell() {
		return run("bell", Map.of()).field("bell").toEntity(BellBadge.class);
	}

	/** The bell's states, on a socket of its own. */
	public Flux<BellBadge> bellChanges() {
		return subscribe("bellChanges", Map.of(), "bell", BellBadge.class);
	}

	/** The log, on a socket of its own. */
	public Flux<Batch> feed(Map<String, Object> variables) {
		return subscribe("jobNotificationFeed", variables, "jobNotifications", Batch.class);
	}

	/** A subscription by a document of the client samples, on a socket of its own. */
	public <T> Flux<T> subscribe(String document, Map<String, Object> variables, String field, Class<T> type) {
		return Flux.usingWhen(Mono.fromSupplier(this::socket),
				(socket) -> socket.documentName(document)
					.variables(variables)
					.retrieveSubscription(field)
					.toEntity(type),
				(socket) -> socket.stop());
	}

	private WebSocketGraphQlClient socket() {
		return WebSocketGraphQlClient
			.builder(URI.create("ws://127.0.0.1:" + this.port + "/graphql"), new ReactorNettyWebSocketClient())
			.documentSource(SAMPLES)
			.interceptor(new Authorization(this.token))
			.build();
	}

	private record Authorization(String token) implements WebSocketGraphQlClientInterceptor {

		@Override
		public Mono<Object> connectionInitPayload() {
			return Mono.just(Map.of("authorization", "Bearer " + this.token));
		}

	}

}
