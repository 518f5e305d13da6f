package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ways in which an operation comes to Belfry. */
public enum Transport {

	/** A POST that is answered at once. */
	HTTP {

		@Override
		public Reply send(int port, String token, String request) {
			HttpResponse<Stream<String>> response = post(port, token, "application/json", request);
			return Reply.of("status " + response.statusCode(), String.join("\n", response.body().toList()));
		}

	},

	/** A POST that is answered by a stream of events, of which the first one counts. */
	SSE {

		@Override
		public Reply send(int port, String token, String request) {
			HttpResponse<Stream<String>> response = post(port, token, "text/event-stream", request);
			try (Stream<String> lines = response.body()) {
				return (response.statusCode() != 200)
						? Reply.of("status " + response.statusCode(), String.join("\n", lines.toList()))
						: events(lines.iterator());
			}
		}

		/** An event that is an error must be the last one before the end. */
		private static Reply events(Iterator<String> lines) {
			String name = field(lines, "event");
			Reply reply = Reply.of(name, field(lines, "data"));
			return (reply.data() != null) ? reply : new Reply(name + ", " + rest(lines), null, reply.errors());
		}

		private static String rest(Iterator<String> lines) {
			String name = field(lines, "event");
			while (lines.hasNext()) {
				String line = lines.next();
				if (!line.isBlank() && !line.startsWith("data")) {
					throw new IllegalStateException("After the end there is " + line);
				}
			}
			return name;
		}

		private static String field(Iterator<String> lines, String name) {
			while (lines.hasNext()) {
				String line = lines.next();
				if (line.startsWith(name + ":")) {
					return line.substring(name.length() + 1).strip();
				}
			}
			return "nothing";
		}

	},

	/** A message on a socket, of whose answers the first one counts. */
	WEBSOCKET {

		@Override
		public Reply send(int port, String token, String request) {
			try (RawWebSocket socket = RawWebSocket.connect(port).init(token)) {
				socket.sendText("{\"id\": \"1\", \"type\": \"subscribe\", \"payload\": " + request + "}");
				RawWebSocket.Frame frame = socket.frame();
				if (frame.firstByte() == RawWebSocket.CLOSE) {
					return new Reply("closed " + frame.code(), null, List.of());
				}
				JsonNode message = JSON.readTree(frame.payload());
				JsonNode payload = message.get("payload");
				String type = message.get("type").asString();
				return type.equals("error") ? new Reply(type, null, payload.valueStream().toList())
						: Reply.of(type, JSON.writeValueAsString(payload));
			}
		}

	};

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** Sends a request as it would stand in the body of a POST. */
	public abstract Reply send(int port, String token, String request);

	public final Reply ask(int port, String token, String document, Map<String, Object> variables) {
		return send(port, token, JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
	}

	private static HttpResponse<Stream<String>> post(int port, String token, String accept, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
			.timeout(Duration.ofSeconds(20))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + token)
			.header("Accept", accept)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			return CLIENT.send(request, HttpResponse.BodyHandlers.ofLines());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What came back.
	 *
	 * @param form how, in the words of the transport: an HTTP status, the names of
	 * events, the type of a message, or the code of a close
	 * @param data null if there is none
	 */
	public record Reply(String form, @Nullable JsonNode data, List<JsonNode> errors) {

		private static Reply of(String form, String json) {
			JsonNode body = json.isEmpty() ? JSON.createObjectNode() : JSON.readTree(json);
			JsonNode data = body.get("data");
			return new Reply(form, (data == null || data.isNull()) ? null : data,
					body.path("errors").valueStream().toList());
		}

		/** The codes of the errors, each once. */
		public List<String> codes() {
			return this.errors.stream()
				.map((error) -> error.at("/extensions/code").asString("none"))
				.distinct()
				.sorted()
				.toList();
		}

	}

}
