package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP, for what a client of GraphQL would not send. */
public record Http(int port, Map<String, String> headers) {

	/** Writes ASCII alone, so that half of a surrogate pair arrives as it is. */
	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	public static Http at(int port) {
		return new Http(port, Map.of("Content-Type", "application/json"));
	}

	public Http with(String header, String value) {
		Map<String, String> all = new LinkedHashMap<>(this.headers);
		all.put(header, value);
		return new Http(this.port, all);
	}

	public Http token(String token) {
		return with("Authorization", "Bearer " + token);
	}

	/** Runs a document of the client samples by its name. */
	public Answer run(String sample, Map<String, Object> variables) {
		return ask(ClientSamples.document(sample), variables);
	}

	public Answer ask(String document, Map<String, Object> variables) {
		return post(JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
	}

	public Answer ask(String document) {
		return post(JSON.writeValueAsString(Map.of("query", document)));
	}

	public Answer post(String body) {
		return post("/graphql", body);
	}

	public Answer post(String path, String body) {
		return send(path, (request) -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/** Asks as a browser does before it sends what a page of elsewhere wants to send. */
	public Answer preflight(String origin, String method, String headers) {
		return with("Origin", origin).with("Access-Control-Request-Method", method)
			.with("Access-Control-Request-Headers", headers)
			.send("/graphql", (request) -> request.method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
	}

	/** Sends a body of so many bytes without saying before how many they are. */
	public Answer postChunked(int bytes) {
		byte[] zeros = new byte[1 << 20];
		Iterable<byte[]> chunks = Collections.nCopies(bytes >> 20, zeros);
		return send("/graphql", (request) -> request.POST(HttpRequest.BodyPublishers.ofByteArrays(chunks)));
	}

	public Answer get(String path) {
		return send(path, (request) -> request.GET());
	}

	private Answer send(String path, UnaryOperator<HttpRequest.Builder> method) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(20));
		this.headers.forEach(request::setHeader);
		try {
			HttpResponse<String> response = CLIENT.send(method.apply(request).build(),
					HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
					response.body(), response.headers().map());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public record Answer(int status, String type, String body, Map<String, List<String>> headers) {

		public JsonNode json() {
			return JSON.readTree(this.body);
		}

		public String code() {
			return json().at("/errors/0/extensions/code").asString("");
		}

		public List<String> field() {
			return json().at("/errors/0/extensions/field").valueStream().map(JsonNode::asString).toList();
		}

		public String message() {
			return json().at("/errors/0/message").asString("");
		}

	}

}
