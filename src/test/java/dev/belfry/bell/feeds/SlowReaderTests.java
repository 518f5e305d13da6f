package dev.belfry.bell.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.EventStream;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader that is slow at the socket, but alive (promise 12). */
@BelfryTest
class SlowReaderTests {

	private static final int ENTRIES = 20_000;

	/**
	 * In bytes, of about 8 MB that there are to read. How much is written ahead depends
	 * on when the reader stalls.
	 */
	private static final int MOST_PENDING = 2 << 20;

	private static final int SMALL_BUFFER = 4096;

	private static final String FEED = """
			subscription($since: Cursor) {
			  jobNotifications(since: $since) {
			    nodes { id cursor operationName integrationName originName outcome summary recordedAt finishedAt runId }
			    startCursor
			    endCursor
			    gap { missed }
			  }
			}""";

	@LocalServerPort
	private int port;

	@Autowired
	private Connections connections;

	@Autowired
	private TestAccounts accounts;

	private String account;

	private String start;

	@BeforeEach
	void record() {
		this.account = "account-" + UUID.randomUUID();
		this.accounts.create(this.account);
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		this.start = new BelfryClient(this.port, TestTokens.owner(this.account)).bell().cursor();
		IntStream.range(0, ENTRIES / 500)
			.forEach((batch) -> platform
				.record(this.account,
						IntStream.range(batch * 500, (batch + 1) * 500)
							.mapToObj((run) -> Completions.one("run-" + run, "SUCCEEDED"))
							.toList())
				.block(BelfryClient.TIMEOUT));
		this.connections.clear();
	}

	@Test
	void catchesUpCompleteWhileWhatWaitsForItStaysSmall() {
		try (RawWebSocket slow = RawWebSocket.connect(this.port, SMALL_BUFFER,
				"Sec-WebSocket-Protocol: graphql-transport-ws")) {
			slow.init(TestTokens.owner(this.account)).subscribe("feed", FEED, Map.of("since", this.start));

			assertCatchesUp(() -> batch(slow.message()));
		}
	}

	@Test
	void catchesUpOverServerSentEventsToo() {
		try (EventStream slow = EventStream.open(this.port, SMALL_BUFFER, TestTokens.owner(this.account), FEED,
				Map.of("since", this.start))) {
			assertCatchesUp(() -> batch(slow.event().content()));
		}
	}

	private void assertCatchesUp(Supplier<Map<String, Object>> batches) {
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(this.connections::isStalled);
		List<String> runs = new ArrayList<>();
		String cursor = this.start;
		while (runs.size() < ENTRIES) {
			Map<String, Object> batch = batches.get();
			assertThat(batch).containsEntry("startCursor", cursor).containsEntry("gap", null);
			cursor = (String) batch.get("endCursor");
			nodes(batch).forEach((node) -> runs.add((String) node.get("runId")));
			this.connections.look();
		}
		assertThat(runs).isEqualTo(IntStream.range(0, ENTRIES).mapToObj((run) -> "run-" + run).toList());
		assertThat(this.connections.mostPending()).isPositive().isLessThan(MOST_PENDING);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> batch(Map<String, Object> message) {
		Map<String, Object> payload = (Map<String, Object>) message.getOrDefault("payload", message);
		return ((Map<String, Map<String, Object>>) payload.get("data")).get("jobNotifications");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> nodes(Map<String, Object> batch) {
		return (List<Map<String, Object>>) batch.get("nodes");
	}

	/** What the server's open connections hold that the network has not taken. */
	static final class Connections {

		private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

		private final AtomicLong most = new AtomicLong();

		void add(Channel channel) {
			this.channels.add(channel);
			channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
		}

		/** Looks only at connections that are yet to come. */
		void clear() {
			this.channels.clear();
		}

		boolean isStalled() {
			look();
			return this.channels.stream().anyMatch((channel) -> channel.isActive() && !channel.isWritable());
		}

		void look() {
			this.channels.forEach((channel) -> this.most.accumulateAndGet(pending(channel), Math::max));
		}

		long mostPending() {
			return this.most.get();
		}

		private static long pending(Channel channel) {
			ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
			return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
		}

	}

	@TestConfiguration
	static class Watched {

		@Bean
		Connections watchedConnections() {
			return new Connections();
		}

		@Bean
		NettyServerCustomizer connectionsAreWatched(Connections connections) {
			return (server) -> server.doOnConnection((connection) -> connections.add(connection.channel()));
		}

	}

}
