package dev.belfry.database.connections;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;

class UnownedConnectionsTests {

	/** What Reactor Netty holds for each connection that is open. */
	private final List<Map.Entry<MonoSink<Connection>, ContextView>> open = new ArrayList<>();

	private final Connection connection = mock(Connection.class);

	@Test
	void aConnectionKeepsNothingOfWhoeverAskedForItFirst() {
		ConnectionFactory driver = mock(ConnectionFactory.class);
		willReturn(Mono.<Connection>create((sink) -> {
			this.open.add(Map.entry(sink, sink.contextView()));
			sink.success(this.connection);
		})).given(driver).create();

		WeakReference<Object> first = ask(new UnownedConnections(driver));

		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(first.refersTo(null)).isTrue();
		});
		assertThat(this.open).hasSize(1);
	}

	private WeakReference<Object> ask(ConnectionFactory connections) {
		Object waiting = new Object();
		assertThat(Mono.from(connections.create())
			.map((given) -> List.of(given, waiting))
			.contextWrite((context) -> context.put("asker", waiting))
			.block()).isEqualTo(List.of(this.connection, waiting));
		return new WeakReference<>(waiting);
	}

}
