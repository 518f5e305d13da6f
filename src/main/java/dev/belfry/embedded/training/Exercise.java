package dev.belfry.embedded.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;

/**
 * What a node does all day, done at a demo node over loopback: completions and events
 * come in, one by one and in batches, bells listen over WebSocket, people look at their
 * lists, and e-mails go out.
 */
class Exercise {

	private static final Duration LENGTH = Duration.ofSeconds(10);

	private static final JsonMapper JSON = new JsonMapper();

	private static final String RECORD = """
			mutation recordJobCompletions($input: RecordJobCompletionsInput!) { recordJobCompletions(input: $input) {
			  results { index runId status jobNotification { id cursor summary recordedAt } userErrors { code message field } }
			  userErrors { code message field } } }""";

	private static final String PUBLISH = """
			mutation publishEvents($input: PublishEventsInput!) { publishEvents(input: $input) {
			  results { index eventId status userErrors { code message field } } userErrors { code message field } } }""";

	private static final String PAGE = """
			query jobNotifications($filter: JobNotificationFilter, $first: Int) { jobNotifications(filter: $filter, first: $first) {
			  edges { cursor node { id operation { key name } integrationName originName outcome summary finishedAt recordedAt read
			    counts { name value } messages { nodes { severity text } } } }
			  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
			  facets { operations { operation { key name } count } outcomes { outcome count } } } }""";

	private static final String BELL = """
			query bell { bell { id unseenCount unseenProblemCount unreadCount cursor
			  recent(first: 5) { id operation { key name } integrationName originName outcome summary finishedAt read } } }""";

	private static final String SETTINGS = """
			query { notificationSettings { version defaultEmail globalNotifications { type title enabled overrideEmails recipients } }
			  alerts(first: 10) { nodes { id name enabled conditionSource template { subject body } } }
			  deliveries(first: 10) { nodes { id topic address state subject } }
			  integrations(first: 10) { nodes { id name recentJobNotifications { id summary outcome } } } }""";

	private static final List<EventType> EVENTS = EventTypes.all().stream().filter(EventType::publishable).toList();

	private static final List<String> SUBSCRIPTIONS = List.of(
			"subscription { bell { id unseenCount unseenProblemCount unreadCount cursor } }",
			"subscription { jobNotifications { nodes { id cursor operationName integrationName outcome summary } endCursor } }");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI server;

	private final AtomicInteger frames = new AtomicInteger();

	Exercise(URI server) {
		this.server = server;
	}

	/** Fails if anything was not answered as it should be. */
	void run() throws IOException, InterruptedException {
		String platform = get("/demo/token?as=platform");
		String owner = get("/demo/token?account=northwind&as=owner");
		WebSocket bell = listen(owner);
		Instant end = Instant.now().plus(LENGTH);
		for (int round = 0; round == 0 || Instant.now().isBefore(end); round++) {
			ask(platform, RECORD, input("completions",
					IntStream.range(0, (round % 20 == 0) ? 50 : 1).mapToObj((number) -> completion()).toList()));
			ask(owner, PAGE, Map.of("first", 25, "filter", (round % 2 == 0) ? Map.of() : Map.of("search", "orders")));
			ask(owner, BELL, Map.of());
			if (round % 5 == 0) {
				ask(owner, SETTINGS, Map.of());
				ask(platform, PUBLISH, input("events", List.of(event(EVENTS.get(round / 5 % EVENTS.size())))));
			}
		}
		bell.abort();
		if (this.frames.get() == 0) {
			throw new IOException("The bell got nothing.");
		}
	}

	private static Map<String, Object> input(String list, List<Map<String, Object>> items) {
		return Map.of("input", Map.of("account", "northwind", list, items));
	}

	private static Map<String, Object> completion() {
		Map<String, Object> origin = Map.of("kind", "CHANNEL", "externalId", "training", "name", "Training");
		Instant now = Instant.now();
		return Map.of("runId", UUID.randomUUID().toString(), "operation", "GET_ORDERS", "outcome", "SUCCEEDED",
				"integration", Map.of("externalId", "training", "name", "Training", "origin", origin), "startedAt",
				now.minusSeconds(60).toString(), "finishedAt", now.toString(), "counts",
				List.of(Map.of("name", "imported", "value", 12)));
	}

	private static Map<String, Object> event(EventType type) {
		return Map.of("eventId", UUID.randomUUID().toString(), "type", type.key(), "occurredAt",
				Instant.now().toString(), "payload", type.sample());
	}

	private String get(String path) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(this.server.resolve(path)).build(), BodyHandlers.ofString())
			.body();
	}

	private JsonNode ask(String token, String document, Map<String, Object> variables)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(this.server.resolve("/graphql"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofByteArray(JSON.writeValueAsBytes(Map.of("query", document, "variables", variables))))
			.build();
		HttpResponse<byte[]> response = this.client.send(request, BodyHandlers.ofByteArray());
		JsonNode answer = JSON.readTree(response.body());
		if (response.statusCode() != 200 || answer.has("errors")
				|| !answer.findValues("userErrors").stream().allMatch(JsonNode::isEmpty)) {
			throw new IOException(document + ": " + answer);
		}
		return answer.get("data");
	}

	private WebSocket listen(String token) {
		WebSocket socket = this.client.newWebSocketBuilder()
			.subprotocols("graphql-transport-ws")
			.buildAsync(URI.create("ws://" + this.server.getAuthority() + "/graphql"), new Frames())
			.join();
		send(socket, "connection_init", null, Map.of("Authorization", "Bearer " + token));
		return socket;
	}

	private static void send(WebSocket socket, String type, @Nullable String id, Map<String, Object> payload) {
		Map<String, Object> message = (id == null) ? Map.of("type", type, "payload", payload)
				: Map.of("type", type, "id", id, "payload", payload);
		socket.sendText(JSON.writeValueAsString(message), true).join();
	}

	/**
	 * Subscribes once the server has acknowledged the connection, and counts what comes.
	 */
	private final class Frames implements WebSocket.Listener {

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			if (data.toString().contains("\"connection_ack\"")) {
				for (int i = 0; i < SUBSCRIPTIONS.size(); i++) {
					send(socket, "subscribe", Integer.toString(i), Map.of("query", SUBSCRIPTIONS.get(i)));
				}
			}
			else if (data.toString().contains("\"next\"")) {
				Exercise.this.frames.incrementAndGet();
			}
			socket.request(1);
			return null;
		}

	}

}
