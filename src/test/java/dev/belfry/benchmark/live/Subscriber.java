package dev.belfry.benchmark.live;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.ClientSamples;

/**
 * Who subscribes to what.
 *
 * @param token of the account's user; peers ask for none
 */
record Subscriber(Kind kind, boolean speaksGraphQl, String account, String token) {

	private static final JsonMapper JSON = new JsonMapper();

	String path() {
		return "/graphql?account=" + this.account + "&kind=" + this.kind.field;
	}

	String init() {
		return JSON.writeValueAsString(
				Map.of("type", "connection_init", "payload", Map.of("authorization", "Bearer " + this.token)));
	}

	String subscribe() {
		return this.kind.subscribe;
	}

	/** The two subscriptions, by the documents of the client samples. */
	enum Kind {

		FEED("jobNotifications", "jobNotificationFeed"), BELL("bell", "bellChanges");

		private final String field;

		private final String subscribe;

		Kind(String field, String sample) {
			this.field = field;
			this.subscribe = JSON.writeValueAsString(
					Map.of("id", "1", "type", "subscribe", "payload", Map.of("query", ClientSamples.document(sample))));
		}

	}

}
