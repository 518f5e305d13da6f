package dev.belfry.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.HandshakeInfo;
import reactor.core.publisher.Mono;

/** What Spring for GraphQL and its interceptors know of a socket. */
record SocketInfo(String id, HandshakeInfo handshake, Map<String, Object> attributes) implements WebSocketSessionInfo {

	private static final String SOCKET = LiveSocket.class.getName();

	/** The socket is found again among the attributes. */
	static SocketInfo of(LiveSocket socket, String id, HandshakeInfo handshake) {
		Map<String, Object> attributes = new HashMap<>(handshake.getAttributes());
		attributes.put(SOCKET, socket);
		return new SocketInfo(id, handshake, attributes);
	}

	static LiveSocket socketOf(WebSocketSessionInfo info) {
		return (LiveSocket) Objects.requireNonNull(info.getAttributes().get(SOCKET));
	}

	WebSocketGraphQlRequest request(ClientMessage.Subscribe subscribe) {
		return new WebSocketGraphQlRequest(getUri(), getHeaders(), this.handshake.getCookies(), getRemoteAddress(),
				this.attributes, subscribe.request(), subscribe.id(), null, this);
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
		return this.handshake.getUri();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.handshake.getHeaders();
	}

	@Override
	public Mono<Principal> getPrincipal() {
		return this.handshake.getPrincipal();
	}

	@Override
	public @Nullable InetSocketAddress getRemoteAddress() {
		return this.handshake.getRemoteAddress();
	}

}
