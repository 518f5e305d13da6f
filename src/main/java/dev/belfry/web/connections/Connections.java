package dev.belfry.web.connections;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import dev.belfry.input.Refusal;
import dev.belfry.input.Refusal.Code;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.web.connections.GuardedConnection.Standing;

/**
 * All connections to this node, and what they may take together. Where a limit is
 * reached, who has shown least gives way to who comes: decision 56 says why. Times are
 * exact to a fifth of a second.
 */
@Component
class Connections implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private static final AttributeKey<Boolean> GUEST = AttributeKey.valueOf("belfry.guest");

	/** So many bytes the operating system takes before the network does. */
	private static final long UNSENT = 1 << 16;

	private static final Duration LOOK = Duration.ofMillis(200);

	/** In bytes. */
	private static final long SMALL_BODY = 16 << 10;

	/** Of the connections, the part that gives way at once, so that few look for it. */
	private static final int PART = 64;

	private final ConnectionSettings settings;

	private final int most;

	private final long longestBody;

	private final Set<GuardedConnection> known = ConcurrentHashMap.newKeySet();

	private final AtomicInteger open = new AtomicInteger();

	/** How many of these are about to give way. */
	private final AtomicInteger leaving = new AtomicInteger();

	private final AtomicLong bodies = new AtomicLong();

	private final long bodyBudget;

	private final long unreadBudget;

	private volatile long unread;

	private final Limit number;

	private final Limit headTimeout;

	private final Limit bodyTimeout;

	private final Limit bodyMemory;

	private final Limit unreadTimeout;

	private final Limit unreadMemory;

	Connections(ConnectionSettings settings, Descriptors descriptors,
			@Value("${spring.http.codecs.max-in-memory-size}") DataSize longestBody, MeterRegistry metrics,
			Loops loops) {
		this.settings = settings;
		this.most = descriptors.connections();
		this.bodyBudget = settings.bodyBudget();
		this.unreadBudget = settings.unreadBudget();
		this.longestBody = Math.min(longestBody.toBytes(), this.bodyBudget);
		this.number = limit("limit", this.most, metrics);
		this.headTimeout = limit("head-timeout", seconds(settings.headTimeout()), metrics);
		this.bodyTimeout = limit("body-timeout",
				seconds(settings.bodyTimeout()) + ", then " + settings.bodyRate().toKilobytes() + " KiB/s", metrics);
		this.bodyMemory = limit("body-memory", mebibytes(this.bodyBudget), metrics);
		this.unreadTimeout = limit("unread-timeout", seconds(settings.unreadTimeout()), metrics);
		this.unreadMemory = limit("unread-memory", mebibytes(this.unreadBudget), metrics);
		metrics.gauge("belfry.connections.open", this, Connections::open);
		metrics.gauge("belfry.connections.most", this, (all) -> all.most);
		metrics.gauge("belfry.connections.body.bytes", this, Connections::bodies);
		metrics.gauge("belfry.connections.unread.bytes", this, Connections::unread);
		loops.run(LoopPlan.every(LOOK, "connections", "Nobody ends connections that take too long").forRequests(),
				() -> Mono.fromRunnable(this::look));
	}

	private static Limit limit(String name, Object value, MeterRegistry metrics) {
		return new Limit("connections." + name, value, metrics);
	}

	private static String seconds(Duration time) {
		return time.toMillis() / 1e3 + " s";
	}

	private static String mebibytes(long bytes) {
		return (bytes >> 20) + " MiB";
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this::guard);
	}

	private HttpServer guard(HttpServer server) {
		HttpServer frugal = Epoll.isAvailable() ? server.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT)
				: server;
		return frugal.doOnBound((bound) -> bound.channel().pipeline().addFirst("belfry.door", new Door()))
			.doOnChannelInit((observer, channel, remote) -> guard(channel));
	}

	private void guard(Channel channel) {
		GuardedConnection connection = new GuardedConnection(this, channel, channel.hasAttr(GUEST));
		this.known.add(connection);
		channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, "belfry.guard", connection);
		channel.closeFuture().addListener((closed) -> {
			this.known.remove(connection);
			connection.closed();
		});
	}

	/** Counts a connection, if there is room for it or can be made. */
	private boolean admit(Channel channel) {
		if (isFull()) {
			makeRoom(channel.parent());
		}
		if (this.open.get() >= this.most + ConnectionSettings.GUESTS) {
			this.number.refused();
			return false;
		}
		if (isFull()) {
			channel.attr(GUEST).set(true);
		}
		this.open.incrementAndGet();
		channel.closeFuture().addListener((closed) -> this.open.decrementAndGet());
		return true;
	}

	private boolean isFull() {
		return this.open.get() - this.leaving.get() >= this.most;
	}

	/** Lets nobody in before those who give way have gone. */
	private void makeRoom(Channel port) {
		List<GuardedConnection> leaving = this.known.stream()
			.filter(GuardedConnection::canGiveWay)
			.map(GuardedConnection::standing)
			.sorted(Standing.WHO_GIVES_WAY)
			.limit(Math.max(1, this.most / PART))
			.map(Standing::connection)
			.toList();
		this.leaving.addAndGet(leaving.size());
		port.config().setAutoRead(leaving.isEmpty());
		leaving.forEach((connection) -> {
			this.number.refused();
			connection.giveWay(() -> gone(port));
		});
	}

	private void gone(Channel port) {
		if (this.leaving.decrementAndGet() == 0) {
			port.config().setAutoRead(true);
		}
	}

	/** A guest wants more than to know how the node is. */
	Refusal refuseConnection() {
		this.number.refused();
		return Refusal.later(Refusal.Code.OVERLOADED,
				"This node has " + this.number.words() + " connections, all of them in use.");
	}

	/** Null if a body may have so many bytes. */
	@Nullable Refusal refuseLength(long length) {
		return (length <= this.longestBody) ? null
				: Refusal.of(Code.PAYLOAD_TOO_LARGE, "The body is larger than " + mebibytes(this.longestBody) + ".");
	}

	/** Holds some more of a body; null if there is room for it or can be made. */
	@Nullable Refusal hold(GuardedConnection connection, int length) {
		long all = this.bodies.addAndGet(length);
		if (all > this.bodyBudget / 2 && isGreedy(connection)
				|| all > this.bodyBudget && !makeRoomBeside(connection, all)) {
			this.bodyMemory.refused();
			return bodiesFull();
		}
		return null;
	}

	/**
	 * Whether one caller has more than half of the room, by more than one request. Not
	 * who asks for little: a platform calls for all accounts, with large batches of one
	 * and small calls of another.
	 */
	private boolean isGreedy(GuardedConnection connection) {
		if (connection.held() <= SMALL_BODY) {
			return false;
		}
		long together = this.known.stream().filter(connection::isOfSameCaller).mapToLong(GuardedConnection::held).sum();
		return together > this.bodyBudget / 2 && together > connection.held();
	}

	private boolean makeRoomBeside(GuardedConnection connection, long all) {
		GuardedConnection slowest = this.known.stream()
			.filter(GuardedConnection::isHoldingPart)
			.min(Comparator.comparingLong(GuardedConnection::since))
			.orElse(connection);
		if (slowest == connection || all > this.bodyBudget + this.bodyBudget / 4) {
			return false;
		}
		this.bodyMemory.refused();
		slowest.refusePart(bodiesFull());
		return true;
	}

	private Refusal bodiesFull() {
		return Refusal.later(Refusal.Code.OVERLOADED,
				"The bodies of requests that this node is reading take all of " + this.bodyMemory.words() + ".");
	}

	void release(long bytes) {
		this.bodies.addAndGet(-bytes);
	}

	Refusal refuseSlowBody() {
		this.bodyTimeout.refused();
		return Refusal.of(Code.REQUEST_TIMEOUT,
				"The body comes too slowly: it has " + this.bodyTimeout.words() + " at least.");
	}

	void refuseSlowHead() {
		this.headTimeout.refused();
	}

	void refuseUnread() {
		this.unreadTimeout.refused();
	}

	/** In nanoseconds, as the following. */
	long headTime() {
		return this.settings.headTimeout().toNanos();
	}

	long idleTime() {
		return this.settings.idleTimeout().toNanos();
	}

	long unreadTime() {
		return this.settings.unreadTimeout().toNanos();
	}

	/** For a body of which so many bytes have come. */
	long bodyTime(long received) {
		double seconds = (double) received / this.settings.bodyRate().toBytes();
		return this.settings.bodyTimeout().toNanos() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
	}

	private void look() {
		long now = System.nanoTime();
		long waiting = this.known.stream().mapToLong((connection) -> connection.look(now)).sum();
		this.unread = waiting;
		if (waiting > this.unreadBudget) {
			cutTheDeaf(waiting - this.unreadBudget);
		}
	}

	private void cutTheDeaf(long tooMany) {
		List<GuardedConnection> deaf = this.known.stream()
			.filter(GuardedConnection::isAwaited)
			.map(GuardedConnection::standing)
			.sorted(Standing.DEAFEST)
			.map(Standing::connection)
			.toList();
		long left = tooMany;
		for (GuardedConnection connection : deaf) {
			if (left <= 0) {
				return;
			}
			left -= connection.waiting();
			this.unreadMemory.refused();
			connection.cut();
		}
	}

	/** How many connections are open. */
	int open() {
		return this.open.get();
	}

	/** How many bytes of bodies are held. */
	long bodies() {
		return this.bodies.get();
	}

	/** How many bytes wait for clients, as of the last look. */
	long unread() {
		return this.unread;
	}

	/** Where connections come in: closes at once what there is no room for. */
	private final class Door extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object accepted) {
			Channel channel = (Channel) accepted;
			if (admit(channel)) {
				context.fireChannelRead(channel);
			}
			else {
				channel.unsafe().closeForcibly();
			}
		}

	}

}
