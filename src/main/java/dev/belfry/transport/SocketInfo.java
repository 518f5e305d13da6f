package dev.belfry.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import reactor.core.publisher.Mono;

/**
 * What Spring for GraphQL and its interceptors know of a socket; nothing of its handshake
 * but where it came from.
 */
record SocketInfo(String id, URI uri, @Nullable InetSocketAddress remoteAddress,
		Map<String, Object> attributes) implements WebSocketSessionInfo {

	private static final String SOCKET = LiveSocket.class.getName();

	/** The socket is found again among the attributes. */
	static SocketInfo of(LiveSocket socket, String id, HandshakeInfo handshake) {
		return new SocketInfo(id, handshake.getUri(), handshake.getRemoteAddress(), Map.of(SOCKET, socket));
	}

	static LiveSocket socketOf(WebSocketSessionInfo info) {
		return (LiveSocket) Objects.requireNonNull(info.getAttributes().get(SOCKET));
	}

	/** As over HTTP, so that a document is refused, or not, in the same place. */
	WebGraphQlRequest request(ClientMessage.Subscribe subscribe) {
		SerializableGraphQlRequest request = new SerializableGraphQlRequest();
		request.setQuery(subscribe.document());
		request.setOperationName(subscribe.operationName());
		request.setVariables(subscribe.variables());
		request.setExtensions(subscribe.extensions());
		return new WebGraphQlRequest(getUri(), getHeaders(), new LinkedMultiValueMap<>(), getRemoteAddress(),
				this.attributes, request, subscribe.id(), null);
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

	@Override
	public URI getUri() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHeaders() {
		return HttpHeaders.EMPTY;
	}

	@Override
	public Mono<Principal> getPrincipal() {
		return Mono.empty();
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

}
