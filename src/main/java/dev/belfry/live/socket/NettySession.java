package dev.belfry.live.socket;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/** A session that shows what is below it. */
final class NettySession extends ReactorNettyWebSocketSession {

	NettySession(WebsocketInbound inbound, WebsocketOutbound outbound, HandshakeInfo handshake,
			NettyDataBufferFactory buffers, int longestFrame) {
		super(inbound, outbound, handshake, buffers, longestFrame);
	}

	WebsocketInbound inbound() {
		return getDelegate().getInbound();
	}

	WebsocketOutbound outbound() {
		return getDelegate().getOutbound();
	}

}
