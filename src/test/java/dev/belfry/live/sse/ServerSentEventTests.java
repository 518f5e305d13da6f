package dev.belfry.live.sse;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.EventStream;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * GraphQL over server-sent events, distinct connections mode (PROTOCOL.md of
 * enisdenjo/graphql-sse).
 */
@BelfryTest
class ServerSentEventTests {

	private static final String FEED = "subscription($since: Cursor) { jobNotifications(since: $since) "
			+ "{ startCursor endCursor nodes { runId } } }";

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private MeterRegistry metrics;

	private final String account = "shop-" + UUID.randomUUID();

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
	}

	@Test
	void carriesTheCursorAsTheIdOfEachEvent() {
		try (EventStream stream = open(FEED)) {
			EventStream.Event first = stream.event();
			record("run-1");
			EventStream.Event second = stream.event();

			assertThat(stream.head().get(0)).isEqualTo("HTTP/1.1 200 OK");
			assertThat(stream.head()).anyMatch((header) -> header.equalsIgnoreCase("Content-Type: text/event-stream"));
			assertThat(first.name()).isEqualTo("next");
			assertThat(first.id()).isEqualTo(first.json().at("/data/jobNotifications/endCursor").asString());
			assertThat(second.id()).isEqualTo(second.json().at("/data/jobNotifications/endCursor").asString());
			assertThat(second.data()).contains("run-1");
		}
	}

	@Test
	void goesOnAfterTheLastEventThatAClientHas() {
		String last;
		try (EventStream stream = open(FEED)) {
			last = stream.event().id();
		}
		record("run-1");
		try (EventStream stream = open(FEED, "Last-Event-ID: " + last)) {
			EventStream.Event event = stream.event();

			assertThat(event.json().at("/data/jobNotifications/startCursor").asString()).isEqualTo(last);
			assertThat(event.data()).contains("run-1");
		}
	}

	@Test
	void sharesAnExecutionWithSockets() {
		try (EventStream stream = open(FEED); RawWebSocket socket = RawWebSocket.connect(this.port)) {
			stream.event();
			socket.init(TestTokens.owner(this.account)).subscribe("feed", FEED, Map.of());
			socket.message();

			record("run-1");

			assertThat(stream.event().data()).contains("run-1");
			assertThat(socket.message().toString()).contains("run-1");
			assertThat(broadcasts()).isEqualTo(1);
		}
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> broadcasts() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "'{ viewer { scopes } }', notifications:read", "'{ nothing }', GRAPHQL_VALIDATION_FAILED",
			"'{', GRAPHQL_PARSE_FAILED", "'subscription { nothing }', GRAPHQL_VALIDATION_FAILED",
			"'subscription { jobNotifications(since: \"x\") { endCursor } }', CURSOR_INVALID" })
	void answersWhatIsNoStreamAsOneEventAndCompletes(String document, String expected) {
		try (EventStream stream = open(document)) {
			EventStream.Event event = stream.event();

			assertThat(event.name()).isEqualTo("next");
			assertThat(event.data()).contains(expected);
			assertThat(stream.event().name()).isEqualTo("complete");
			assertThat(stream.isEnded()).isTrue();
		}
	}

	private EventStream open(String document, String... headers) {
		return EventStream.open(this.port, 1 << 16, TestTokens.owner(this.account), document, Map.of(), headers);
	}

	private double broadcasts() {
		return this.metrics.get("belfry.live.broadcasts").gauge().value();
	}

	private void record(String run) {
		new BelfryClient(this.port, TestTokens.platform())
			.record(this.account, List.of(Completions.one(run, "SUCCEEDED")))
			.block(BelfryClient.TIMEOUT);
	}

}
