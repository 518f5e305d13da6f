package dev.belfry.web.connections;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;

/** Thousands of connections, on one thread, that mean no good. */
final class Crowd implements AutoCloseable {

	private static final int AT_A_TIME = 100;

	/**
	 * What of an answer says how it was: a status, a message, or the reason of a close.
	 */
	private static final Pattern WORD = Pattern
		.compile("HTTP/1.1 \\d+|connection_ack|OVERLOADED|Too many [a-z ]+|Close one first|initialisation timeout");

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

	private final int port;

	Crowd(int port) {
		this.port = port;
	}

	/** A text frame of a client; its mask changes nothing. */
	static String frame(String text) {
		int length = text.length();
		String size = (length < 126) ? String.valueOf((char) (0x80 | length))
				: (char) 0xfe + String.valueOf((char) (length >> 8)) + (char) (length & 0xff);
		return (char) 0x81 + size + "\0\0\0\0" + text;
	}

	static String handshake() {
		return "GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
	}

	static String init(String token) {
		return frame("{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer " + token + "\"}}");
	}

	/**
	 * Makes connections, and waits until each was tried.
	 * @param lines what each sends: first at once, then each next one when something came
	 * @param reads whether it reads on after that
	 */
	void come(int number, IntFunction<List<String>> lines, boolean reads) throws InterruptedException {
		Semaphore places = new Semaphore(AT_A_TIME);
		for (int i = 0; i < number; i++) {
			List<String> own = lines.apply(i);
			places.acquire();
			ChannelFuture connecting = new Bootstrap().group(this.loop)
				.channel(NioSocketChannel.class)
				.option(ChannelOption.SO_RCVBUF, 4096)
				.handler(new ChannelInitializer<Channel>() {
					@Override
					protected void initChannel(Channel channel) {
						channel.pipeline().addLast(new Member(own, reads));
					}
				})
				.connect("127.0.0.1", this.port);
			connecting.addListener((done) -> {
				places.release();
				count(done.isSuccess() ? "connected" : "not connected");
			});
		}
		places.acquire(AT_A_TIME);
	}

	/** Each sends this again and again, as far as the network takes it. */
	void goOn(String text, int millis) {
		this.loop.scheduleWithFixedDelay(() -> this.open.forEach((channel) -> {
			if (channel.isWritable()) {
				channel.writeAndFlush(bytes(text));
			}
		}), millis, millis, TimeUnit.MILLISECONDS);
	}

	int open() {
		return this.open.size();
	}

	/** What was heard, and how often. */
	Map<String, Integer> seen() {
		Map<String, Integer> numbers = new TreeMap<>();
		this.seen.forEach((word, number) -> numbers.put(word, number.get()));
		return numbers;
	}

	private void count(String word) {
		this.seen.computeIfAbsent(word, (unheard) -> new AtomicInteger()).incrementAndGet();
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Override
	public void close() {
		this.open.close().awaitUninterruptibly();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private final class Member extends ChannelInboundHandlerAdapter {

		private final List<String> lines;

		private final boolean reads;

		private int next;

		Member(List<String> lines, boolean reads) {
			this.lines = lines;
			this.reads = reads;
		}

		@Override
		public void channelActive(ChannelHandlerContext context) {
			Crowd.this.open.add(context.channel());
			say(context);
		}

		private void say(ChannelHandlerContext context) {
			if (this.next < this.lines.size()) {
				context.writeAndFlush(bytes(this.lines.get(this.next)));
				this.next++;
			}
			if (this.next == this.lines.size() && !this.reads) {
				context.channel().config().setAutoRead(false);
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			Matcher words = WORD.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
			bytes.release();
			while (words.find()) {
				count(words.group());
			}
			say(context);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			count("closed");
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
			context.close();
		}

	}

}
