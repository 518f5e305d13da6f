package dev.belfry.live.socket;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * Sends messages back as they came, in and out by what is below GraphQL's socket: its
 * settings, its guard and its channel.
 */
final class EchoServer {

	private EchoServer() {
	}

	static DisposableServer start(int longestMessage) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendWebsocket(
					(inbound, outbound) -> echo(inbound, outbound, longestMessage),
					FrameGuard.spec(longestMessage).build()))
			.bindNow();
	}

	private static Mono<Void> echo(WebsocketInbound inbound, WebsocketOutbound outbound, int longestMessage) {
		return Mono.create((done) -> outbound.withConnection((connection) -> {
			SocketChannel channel = new SocketChannel(connection.channel(), outbound);
			FrameGuard guard = new FrameGuard(longestMessage, Integer.MAX_VALUE,
					(code) -> channel.close(code.code(), code.reason()), () -> {
					});
			channel.run(() -> guard.receive(connection, inbound)
				.doOnNext((frame) -> answer(channel, frame))
				.subscribe(null, (cut) -> done.success(), done::success));
		}));
	}

	private static void answer(SocketChannel channel, WebSocketFrame frame) {
		if (frame instanceof PingWebSocketFrame) {
			channel.send(new PongWebSocketFrame(frame.content().retain()));
		}
		else if (!(frame instanceof PongWebSocketFrame)) {
			channel.send(frame.retain());
		}
	}

}
