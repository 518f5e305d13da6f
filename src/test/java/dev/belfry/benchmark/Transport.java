package dev.belfry.benchmark;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** How clients connect: by Netty, on epoll where there is such. */
public final class Transport {

	private static final int LONGEST_ANSWER = 1 << 22;

	private Transport() {
	}

	public static EventLoopGroup loop(int threads) {
		return new MultiThreadIoEventLoopGroup(threads,
				Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
	}

	public static Class<? extends Channel> channel() {
		return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
	}

	/** To a server by HTTP. Whole answers go to a handler. */
	public static Bootstrap http(EventLoopGroup loop, ChannelHandler handler) {
		return new Bootstrap().group(loop)
			.channel(channel())
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpResponseDecoder(), new HttpObjectAggregator(LONGEST_ANSWER), handler);
				}

			});
	}

}
