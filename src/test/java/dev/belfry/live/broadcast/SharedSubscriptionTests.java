package dev.belfry.live.broadcast;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who shares an execution and who must not (promises 11 and 31).
 */
@BelfryTest
class SharedSubscriptionTests {

	private static final String FEED = "subscription Feed($since: Cursor) { jobNotifications(since: $since) "
			+ "{ startCursor endCursor nodes { runId } } }";

	private static final String READ = "subscription { jobNotifications { nodes { runId read } } }";

	private static final String BELL = "subscription { bell { unseenCount } }";

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
	void executesABatchOnceForAllSocketsOfAnAccount() {
		List<RawWebSocket> sockets = IntStream.range(0, 20)
			.mapToObj((i) -> subscribed("user-" + i % 5, "notifications:read", FEED))
			.toList();
		sockets.forEach(RawWebSocket::message);
		awaitBroadcasts(1);
		double before = executed();

		record("run-1");

		assertThat(sockets).allSatisfy((socket) -> assertThat(socket.message().toString()).contains("run-1"));
		assertThat(executed() - before).isEqualTo(1);
		sockets.forEach(RawWebSocket::close);
		awaitBroadcasts(0);
	}

	@Test
	void encodesABellOnceForAUserHoweverManySocketsThatUserHas() {
		List<RawWebSocket> sockets = IntStream.range(0, 9)
			.mapToObj((i) -> subscribed("user-" + i % 3, "notifications:read", BELL))
			.toList();
		sockets.forEach(RawWebSocket::message);
		awaitBroadcasts(3);
		double before = executed();

		record("run-1");

		assertThat(sockets).allSatisfy((socket) -> assertThat(socket.message().toString()).contains("unseenCount=1"));
		assertThat(executed() - before).isEqualTo(3);
		sockets.forEach(RawWebSocket::close);
		awaitBroadcasts(0);
	}

	@ParameterizedTest
	@CsvSource({ "notifications:read, FEED, 1", "notifications:read, READ, 2",
			"notifications:read settings:read, FEED, 2", "notifications:read, BELL, 2" })
	void sharesOnlyWithThoseWhoMaySeeTheSame(String scopes, String document, int broadcasts) {
		String text = Map.of("FEED", FEED, "READ", READ, "BELL", BELL).get(document);
		try (RawWebSocket ann = subscribed("ann", "notifications:read", text);
				RawWebSocket bob = subscribed("bob", scopes, text)) {
			ann.message();
			bob.message();

			awaitBroadcasts(broadcasts);
		}
		awaitBroadcasts(0);
	}

	@Test
	void showsEachUserWhatThatUserHasRead() {
		record("run-1");
		try (RawWebSocket ann = subscribed("ann", "notifications:read", READ);
				RawWebSocket bob = subscribed("bob", "notifications:read", READ)) {
			Stream.of(ann, bob).forEach(RawWebSocket::message);

			record("run-2");

			Stream.of(ann, bob)
				.forEach((socket) -> assertThat(socket.message().toString()).contains("runId=run-2, read=false"));
		}
	}

	@Test
	void neverSharesBetweenAccounts() {
		String other = "shop-" + UUID.randomUUID();
		this.accounts.create(other);
		try (RawWebSocket own = subscribed("ann", "notifications:read", FEED);
				RawWebSocket foreign = subscribed(other, "ann", "notifications:read", FEED)) {
			Stream.of(own, foreign).forEach(RawWebSocket::message);

			record("run-1");
			new BelfryClient(this.port, TestTokens.platform())
				.record(other, List.of(Completions.one("run-2", "FAILED")))
				.block(BelfryClient.TIMEOUT);

			assertThat(own.message().toString()).contains("run-1");
			assertThat(foreign.message().toString()).contains("run-2");
		}
	}

	private RawWebSocket subscribed(String user, String scopes, String document) {
		return subscribed(this.account, user, scopes, document);
	}

	private RawWebSocket subscribed(String account, String user, String scopes, String document) {
		RawWebSocket socket = RawWebSocket.connect(this.port).init(TestTokens.user(account, user, scopes));
		socket.subscribe("feed", document, Map.of());
		return socket;
	}

	private void record(String run) {
		new BelfryClient(this.port, TestTokens.platform())
			.record(this.account, List.of(Completions.one(run, "SUCCEEDED")))
			.block(BelfryClient.TIMEOUT);
	}

	private double executed() {
		return this.metrics.get("belfry.live.events").counter().count();
	}

	private void awaitBroadcasts(int number) {
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.metrics.get("belfry.live.broadcasts").gauge().value() == number);
	}

}
