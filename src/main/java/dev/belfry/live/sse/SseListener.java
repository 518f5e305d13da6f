package dev.belfry.live.sse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.publisher.FluxSink;

import dev.belfry.live.broadcast.Listener;
import dev.belfry.live.broadcast.LiveEvent;
import dev.belfry.live.broadcast.StreamPosition;
import dev.belfry.viewer.Viewer;

/** A subscription over server-sent events. */
final class SseListener extends Listener {

	private static final int MOST_UNTAKEN = 2;

	private final FluxSink<SseEvent> sink;

	private final EventLoop loop;

	private final Viewer viewer;

	private final List<Future<?>> timers = new ArrayList<>(2);

	/** How many events have yet to leave, but for the one that is leaving. */
	private int untaken;

	private boolean quiet;

	SseListener(FluxSink<SseEvent> sink, EventLoop loop, Viewer viewer, StreamPosition start) {
		super(start);
		this.sink = sink;
		this.loop = loop;
		this.viewer = viewer;
	}

	/** Lets the client, and what is between, know that the server is there. */
	void keepAlive(Duration interval) {
		long millis = interval.toMillis();
		this.timers.add(this.loop.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS));
	}

	/** Ends it with an event after some time; on any thread. */
	void endAfter(Duration time, LiveEvent end) {
		this.loop.execute(
				() -> this.timers.add(this.loop.schedule(() -> receive(end), time.toMillis(), TimeUnit.MILLISECONDS)));
	}

	private void beat() {
		if (this.quiet && isWritable()) {
			push(SseEvent.comment());
		}
		this.quiet = true;
	}

	@Override
	protected EventExecutor loop() {
		return this.loop;
	}

	@Override
	protected Viewer viewer() {
		return this.viewer;
	}

	@Override
	protected boolean isWritable() {
		return this.untaken < MOST_UNTAKEN;
	}

	@Override
	protected void send(LiveEvent event) {
		switch (event.kind()) {
			case NEXT -> push(SseEvent.next(event.payload(), Objects.requireNonNull(event.to()).since()));
			case ERROR -> push(SseEvent.next(withErrors(event.payload()), null));
			case COMPLETE -> {
			}
		}
		if (event.to() == null) {
			push(SseEvent.complete());
			this.sink.complete();
		}
	}

	@Override
	protected void cut() {
		this.sink.error(new IllegalStateException("An event was lost"));
	}

	private void push(SseEvent event) {
		this.quiet = false;
		this.untaken++;
		this.sink.next(event.whenTaken(() -> this.loop.execute(this::taken)));
	}

	private void taken() {
		this.untaken--;
		resume();
	}

	private static byte[] withErrors(byte[] errors) {
		return ("{\"errors\":" + new String(errors, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
	}

	/** The client has gone, or has got the end. */
	void close() {
		this.timers.forEach((timer) -> timer.cancel(false));
		leave();
	}

}
