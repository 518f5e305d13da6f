package dev.belfry.testing;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import tools.jackson.databind.JsonNode;

/** Thousands of {@linkplain Follower followers}, on one thread. */
public final class Followers implements AutoCloseable {

	private static final int LARGEST_FRAME = 1 << 20;

	private static final int PATIENCE_MILLIS = 60_000;

	private final Map<String, String> samples = Stream.of("jobNotificationFeed", "bellChanges")
		.collect(Collectors.toMap(Function.identity(), ClientSamples::document));

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	/**
	 * Somebody who follows from a cursor on, when told to.
	 * @param nodes is given each notification
	 */
	public Follower add(int port, String token, String cursor, Consumer<JsonNode> nodes) {
		return new Follower(this, port, token, cursor, nodes);
	}

	ChannelFuture connect(int port, ChannelHandler socket) {
		WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
			.webSocketUri(URI.create("ws://127.0.0.1:" + port + "/graphql"))
			.subprotocol("graphql-transport-ws")
			.maxFramePayloadLength(LARGEST_FRAME)
			.handleCloseFrames(false)
			.handshakeTimeoutMillis(PATIENCE_MILLIS)
			.build();
		return new Bootstrap().group(this.loop)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<Channel>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_FRAME),
								new WebSocketClientProtocolHandler(config), socket);
				}
			})
			.connect("127.0.0.1", port);
	}

	void schedule(Runnable task, int millis) {
		this.loop.schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	String sample(String name) {
		return this.samples.get(name);
	}

	/** Ends all sockets. */
	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
