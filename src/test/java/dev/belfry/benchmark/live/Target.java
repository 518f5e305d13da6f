package dev.belfry.benchmark.live;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Where completions are told, and how.
 *
 * @param token of the platform, for Belfry; peers take none
 */
record Target(int port, String token) {

	static final String NO_TOKEN = "-";

	private static final JsonMapper JSON = new JsonMapper();

	/** Asks for as little as shows that all was recorded. */
	private static final String DOCUMENT = """
			mutation($input: RecordJobCompletionsInput!) {
			  recordJobCompletions(input: $input) { results { status } userErrors { code } } }""";

	private static final String RECORDED = "RECORDED";

	/** A request that tells of runs as completions of an account. */
	byte[] request(String account, List<String> runs) {
		String body = JSON
			.writeValueAsString(isBelfry() ? mutation(account, runs) : Map.of("account", account, "runs", runs));
		String path = isBelfry() ? "/graphql" : "/emit";
		String head = "POST " + path
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
				+ this.token + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
		return (head + body).getBytes(StandardCharsets.US_ASCII);
	}

	/** Whether an answer says that so many were recorded. */
	boolean isDone(String answer, int runs) {
		return !isBelfry() || answer.split(RECORDED, -1).length - 1 == runs;
	}

	private boolean isBelfry() {
		return !NO_TOKEN.equals(this.token);
	}

	private static Map<String, Object> mutation(String account, List<String> runs) {
		return Map.of("query", DOCUMENT, "variables", Map.of("input",
				Map.of("account", account, "completions", runs.stream().map(Target::completion).toList())));
	}

	private static Map<String, Object> completion(String run) {
		return Map.of("runId", run, "operation", "GET_ORDERS", "integration",
				Map.of("externalId", "shop-1", "name", "Main shop", "origin",
						Map.of("kind", "CHANNEL", "externalId", "channel-1", "name", "Shop")),
				"outcome", "SUCCEEDED", "startedAt", "2026-03-01T09:00:00Z", "finishedAt", "2026-03-01T09:05:00Z",
				"counts", List.of(count("imported", 3), count("updated", 0), count("held", 0), count("failed", 0)));
	}

	private static Map<String, Object> count(String name, int value) {
		return Map.of("name", name, "value", value);
	}

}
