package dev.belfry.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP, for what a client of GraphQL would not send. */
record Http(int port, Map<String, String> headers) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	static Http at(int port) {
		return new Http(port, Map.of("Content-Type", "application/json"));
	}

	Http with(String header, String value) {
		Map<String, String> all = new LinkedHashMap<>(this.headers);
		all.put(header, value);
		return new Http(this.port, all);
	}

	Http token(String token) {
		return with("Authorization", "Bearer " + token);
	}

	Answer ask(String document) {
		return post(JSON.writeValueAsString(Map.of("query", document)));
	}

	Answer post(String body) {
		return send("/graphql", (request) -> request.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	Answer get(String path) {
		return send(path, (request) -> request.GET());
	}

	private Answer send(String path, java.util.function.UnaryOperator<HttpRequest.Builder> method) {
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
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Answer(int status, String type, String body, Map<String, java.util.List<String>> headers) {

		JsonNode json() {
			return JSON.readTree(this.body);
		}

		String code() {
			return json().at("/errors/0/extensions/code").asString("");
		}

		String message() {
			return json().at("/errors/0/message").asString("");
		}

	}

}
