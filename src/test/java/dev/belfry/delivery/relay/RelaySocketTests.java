package dev.belfry.delivery.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How a socket to the relay is set up. */
class RelaySocketTests {

	@Test
	void sendsTheFinalDotWithoutWaitingForAnAcknowledgement() throws IOException {
		try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket socket = new RelaySocket.Factory().createSocket()) {
			socket.connect(relay.getLocalSocketAddress(), 1_000);

			assertThat(socket.getTcpNoDelay()).isTrue();
		}
	}

}
