package dev.belfry.database.connections;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

/**
 * The event loops that all share, with sockets to the database that notice when the other
 * side is gone: one that has not said a word in time, and, where the operating system
 * tells, one that does not acknowledge what it is sent.
 */
final class DatabaseLoops implements LoopResources {

	/** Until a server must have begun to answer on a new connection. */
	private static final Duration TO_BEGIN = Duration.ofSeconds(3);

	private static final Duration TO_ACKNOWLEDGE = Duration.ofSeconds(5);

	private static final int IDLE_SECONDS = 5;

	private static final int SECONDS_BETWEEN_PROBES = 2;

	private static final int MOST_PROBES = 2;

	@Override
	public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
		C channel = TcpResources.get().onChannel(type, group);
		if (channel instanceof EpollSocketChannel socket) {
			socket.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, Math.toIntExact(TO_ACKNOWLEDGE.toMillis()));
			socket.config().setTcpKeepIdle(IDLE_SECONDS);
			socket.config().setTcpKeepIntvl(SECONDS_BETWEEN_PROBES);
			socket.config().setTcpKeepCnt(MOST_PROBES);
		}
		channel.pipeline().addFirst(new FirstWord());
		return channel;
	}

	@Override
	public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
		return TcpResources.get().onChannelClass(type, group);
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return TcpResources.get().onClient(useNative);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return TcpResources.get().onServer(useNative);
	}

	/** Closes a connection on which nothing was said. */
	private static final class FirstWord extends ChannelInboundHandlerAdapter {

		private @Nullable Future<?> end;

		@Override
		public void channelActive(ChannelHandlerContext context) {
			this.end = context.executor().schedule(() -> context.close(), TO_BEGIN.toMillis(), TimeUnit.MILLISECONDS);
			context.fireChannelActive();
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			forget();
			context.pipeline().remove(this);
			context.fireChannelRead(message);
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			forget();
			context.fireChannelInactive();
		}

		private void forget() {
			if (this.end != null) {
				this.end.cancel(false);
			}
		}

	}

}
