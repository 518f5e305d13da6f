package dev.belfry.live.socket;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The way out to a client, below Spring's session, which flushes each message: what is
 * sent in one turn of the event loop leaves together.
 */
final class SocketChannel {

	/** In bytes, beside the code (RFC 6455, section 5.5). */
	private static final int LONGEST_REASON = 123;

	private static final int FINAL_TEXT = 0x81;

	/** In bytes. */
	private static final int LONGEST_HEAD = 10;

	private static final int LONGEST_SHORT = 125;

	private static final int LONGEST_MIDDLE = 0xffff;

	private final Channel channel;

	private final WebsocketOutbound outbound;

	private boolean flushing;

	SocketChannel(Channel channel, WebsocketOutbound outbound) {
		this.channel = channel;
		this.outbound = outbound;
	}

	/** On the event loop. */
	void send(ServerMessage message) {
		write(frame(message), this.channel.voidPromise());
	}

	/** The same; then runs what is to be done once the network has taken it. */
	void send(ServerMessage message, Runnable taken) {
		ChannelPromise promise = this.channel.newPromise();
		promise.addListener((done) -> taken.run());
		write(frame(message), promise);
	}

	/** Written here, and so in one piece, instead of by Netty's encoder. */
	private ByteBuf frame(ServerMessage message) {
		ByteBuf frame = this.channel.alloc().buffer(LONGEST_HEAD + message.length());
		writeHead(frame, message.length());
		return frame.writeBytes(message.head()).writeBytes(message.payload()).writeByte(ServerMessage.END);
	}

	/** Of a text message in one frame (RFC 6455, section 5.2). */
	private static void writeHead(ByteBuf frame, int length) {
		frame.writeByte(FINAL_TEXT);
		if (length <= LONGEST_SHORT) {
			frame.writeByte(length);
		}
		else if (length <= LONGEST_MIDDLE) {
			frame.writeByte(LONGEST_SHORT + 1).writeShort(length);
		}
		else {
			frame.writeByte(LONGEST_SHORT + 2).writeLong(length);
		}
	}

	/** On the event loop. */
	void send(WebSocketFrame frame) {
		write(frame, this.channel.voidPromise());
	}

	private void write(Object frame, ChannelPromise promise) {
		this.channel.write(frame, promise);
		if (!this.flushing) {
			this.flushing = true;
			loop().execute(this::flush);
		}
	}

	private void flush() {
		this.flushing = false;
		this.channel.flush();
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	/** How many bytes wait until the network takes them. */
	long waiting() {
		ChannelOutboundBuffer waiting = this.channel.unsafe().outboundBuffer();
		return (waiting != null) ? waiting.totalPendingWriteBytes() - waiting.currentProgress() : 0;
	}

	void close(int code, String reason) {
		this.outbound.sendClose(code, shortened(reason)).subscribe(null, (alreadyGone) -> {
		});
	}

	/** Completes when the channel is closed, by whomever. */
	Mono<Void> closed() {
		return Mono.create((done) -> this.channel.closeFuture().addListener((closed) -> done.success()));
	}

	/** Without waiting for what the network does not take. */
	void abort() {
		this.channel.close();
	}

	EventLoop loop() {
		return this.channel.eventLoop();
	}

	Scheduler scheduler() {
		return Schedulers.fromExecutor(loop());
	}

	void run(Runnable task) {
		if (loop().inEventLoop()) {
			task.run();
		}
		else {
			loop().execute(task);
		}
	}

	ScheduledFuture<?> schedule(Runnable task, Duration delay) {
		return loop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static String shortened(String reason) {
		String text = reason;
		while (ByteBufUtil.utf8Bytes(text) > LONGEST_REASON) {
			text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
		}
		return text;
	}

}
