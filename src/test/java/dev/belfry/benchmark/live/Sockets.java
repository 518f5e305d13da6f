package dev.belfry.benchmark.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.belfry.benchmark.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;

/** The open sockets of the client, on one event loop. */
final class Sockets {

	private static final int AT_ONCE = 64;

	private final EventLoopGroup loop;

	private final Bootstrap bootstrap;

	private final Emissions emissions;

	private final Message message = new Message();

	private final Received received = new Received();

	private final Set<Listener> open = new LinkedHashSet<>();

	private final Queue<Subscriber> waiting = new ArrayDeque<>();

	private int ready;

	private int lost;

	private String reason = "";

	Sockets(Emissions emissions) {
		this.emissions = emissions;
		this.loop = Transport.loop(1);
		this.bootstrap = new Bootstrap().group(this.loop)
			.channel(Transport.channel())
			.option(ChannelOption.TCP_NODELAY, true)
			// So that no port stays taken for a minute.
			.option(ChannelOption.SO_LINGER, 0);
	}

	/** Opens sockets, and waits until each has its first frame. */
	void open(int port, List<Subscriber> subscribers, long patience) throws Exception {
		on(() -> {
			this.ready = 0;
			this.lost = 0;
			this.emissions.forget();
			this.received.clear();
			this.waiting.addAll(subscribers);
			for (int i = 0; i < AT_ONCE; i++) {
				connectNext(port);
			}
			return true;
		});
		await(patience, () -> this.ready == subscribers.size());
	}

	private void connectNext(int port) {
		Subscriber subscriber = this.waiting.poll();
		if (subscriber == null) {
			return;
		}
		this.bootstrap.clone().handler(new ChannelInitializer<Channel>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(new FrameReader(new Listener(channel, Sockets.this, subscriber)));
			}

		}).connect("127.0.0.1", port).addListener((connected) -> {
			if (!connected.isSuccess()) {
				this.lost++;
				this.reason = connected.cause().toString();
			}
		});
	}

	void connected(Listener listener) {
		this.open.add(listener);
	}

	void ready(int port) {
		this.ready++;
		connectNext(port);
	}

	/** Waits until all sockets have all of what was emitted, and no more. */
	Arrival await(long patience) throws Exception {
		await(patience, () -> this.open.stream().allMatch((listener) -> listener.missing() <= 0));
		return on(() -> {
			long more = this.open.stream().filter((listener) -> listener.missing() < 0).count();
			if (more > 0) {
				throw new IllegalStateException(more + " sockets received more than was emitted.");
			}
			return this.received.sum(this.emissions::answeredAt);
		});
	}

	void clear() throws Exception {
		on(() -> {
			this.received.clear();
			return true;
		});
	}

	void close() throws Exception {
		on(() -> {
			List<Listener> all = List.copyOf(this.open);
			this.open.clear();
			all.forEach(Listener::close);
			return true;
		});
	}

	Message message() {
		return this.message;
	}

	int emitted(String account) {
		return this.emissions.emitted(account);
	}

	void received(int bytes, int completions) {
		this.received.frame(bytes, completions);
	}

	void received(int run, long recordedAt, long now) {
		this.received.completion(run, recordedAt, now);
	}

	void closed(Listener listener, String why) {
		if (this.open.remove(listener)) {
			this.lost++;
			this.reason = why;
		}
	}

	private void await(long patience, Callable<Boolean> condition) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
		while (!on(condition)) {
			if (on(() -> this.lost) > 0) {
				throw new IOException(this.lost + " sockets were lost: " + this.reason);
			}
			if (System.nanoTime() > end) {
				throw new IOException(on(this::state));
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	private String state() {
		return "In time only %d of %d sockets were ready, and %d had everything.".formatted(this.ready,
				this.ready + this.waiting.size(),
				this.open.stream().filter((listener) -> listener.missing() == 0).count());
	}

	private <T> T on(Callable<T> task) throws Exception {
		return this.loop.submit(task).get();
	}

}
