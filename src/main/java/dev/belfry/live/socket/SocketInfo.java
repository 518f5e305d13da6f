package dev.belfry.live.socket;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;

/** Where a socket came from: all that is kept of its handshake. */
record SocketInfo(URI uri, @Nullable InetSocketAddress remoteAddress) {

	static SocketInfo of(HandshakeInfo handshake) {
		return new SocketInfo(handshake.getUri(), handshake.getRemoteAddress());
	}

	/** As over HTTP, so that a document is refused, or not, in the same place. */
	WebGraphQlRequest request(ClientMessage.Subscribe subscribe) {
		SerializableGraphQlRequest request = new SerializableGraphQlRequest();
		request.setQuery(subscribe.document());
		request.setOperationName(subscribe.operationName());
		request.setVariables(subscribe.variables());
		request.setExtensions(subscribe.extensions());
		return new WebGraphQlRequest(this.uri, HttpHeaders.EMPTY, new LinkedMultiValueMap<>(), this.remoteAddress,
				Map.of(), request, subscribe.id(), null);
	}

}
