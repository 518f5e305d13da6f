package dev.belfry.live.socket;

import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * Sees the channel before frames are put together: refuses reserved bits, which Netty
 * lets pass for the sake of extensions, parts that together are too long, and more frames
 * than a client may send. Nothing is read from a client that does not read what it was
 * sent.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

	/** In seconds: what a client may have saved up of its frames. */
	private static final int BURST = 5;

	private final int longestMessage;

	private final int framesPerSecond;

	private final Consumer<CloseCode> refusal;

	private final Runnable writable;

	/** What the parts of a message have, so far. */
	private int length;

	/** How many frames may come at once. */
	private double left;

	private long countedAt = System.nanoTime();

	FrameGuard(int longestMessage, int framesPerSecond, Consumer<CloseCode> refusal, Runnable writable) {
		this.longestMessage = longestMessage;
		this.framesPerSecond = framesPerSecond;
		this.left = (double) BURST * framesPerSecond;
		this.refusal = refusal;
		this.writable = writable;
	}

	/** What Netty is told about the frames of a socket. */
	static WebsocketServerSpec.Builder spec(int longestMessage) {
		return WebsocketServerSpec.builder().maxFramePayloadLength(longestMessage).handlePing(true);
	}

	/** What comes in past this guard: whole messages, and pings and pongs. */
	Flux<WebSocketFrame> receive(Connection connection, WebsocketInbound inbound) {
		connection.addHandlerLast("belfry.utf8", new Utf8FrameValidator());
		connection.addHandlerLast("belfry.guard", this);
		return inbound.aggregateFrames(this.longestMessage).receiveFrames();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		CloseCode wrong = (message instanceof WebSocketFrame frame) ? check(frame) : null;
		if (wrong == null) {
			context.fireChannelRead(message);
		}
		else {
			ReferenceCountUtil.release(message);
			this.refusal.accept(wrong);
		}
	}

	private @Nullable CloseCode check(WebSocketFrame frame) {
		if (frame.rsv() != 0) {
			return CloseCode.RESERVED_BITS;
		}
		if (!mayCome()) {
			return CloseCode.TOO_MANY_MESSAGES;
		}
		if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
			this.length = frame.content().readableBytes();
		}
		else if (frame instanceof ContinuationWebSocketFrame) {
			this.length += frame.content().readableBytes();
		}
		return (this.length > this.longestMessage) ? CloseCode.TOO_BIG : null;
	}

	private boolean mayCome() {
		long now = System.nanoTime();
		double most = (double) BURST * this.framesPerSecond;
		this.left = Math.min(most, this.left + (now - this.countedAt) / 1e9 * this.framesPerSecond) - 1;
		this.countedAt = now;
		return this.left >= 0;
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		context.channel().config().setAutoRead(context.channel().isWritable());
		if (context.channel().isWritable()) {
			this.writable.run();
		}
		context.fireChannelWritabilityChanged();
	}

}
