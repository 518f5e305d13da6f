package dev.belfry.live.broadcast;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of a broadcast on one event loop, where all of this happens: an event
 * costs the loop one task, however many listen.
 */
final class Audience {

	private final Broadcast broadcast;

	private final EventExecutor loop;

	private final Map<StreamPosition, Set<Listener>> waiting = new HashMap<>(4);

	private int listeners;

	Audience(Broadcast broadcast, EventExecutor loop) {
		this.broadcast = broadcast;
		this.loop = loop;
	}

	EventExecutor loop() {
		return this.loop;
	}

	void add(Listener listener) {
		this.listeners++;
		advance(listener);
	}

	void remove(Listener listener) {
		this.listeners--;
		Set<Listener> here = this.waiting.get(listener.place());
		if (here != null && here.remove(listener) && here.isEmpty()) {
			this.waiting.remove(listener.place());
			this.broadcast.awaitsNoMore(this, listener.place());
		}
		this.broadcast.left(this, this.listeners == 0);
	}

	/** Gives a listener all known events; then it waits with the others. */
	void advance(Listener listener) {
		while (listener.isListening() && !isWaiting(listener)) {
			LiveEvent known = this.broadcast.nextOrAwait(this, listener);
			if (known == null) {
				this.waiting.computeIfAbsent(listener.place(), (place) -> new LinkedHashSet<>(4)).add(listener);
				return;
			}
			listener.receive(known);
		}
	}

	private boolean isWaiting(Listener listener) {
		if (!listener.isWritable()) {
			listener.stall();
			return true;
		}
		Set<Listener> here = this.waiting.get(listener.place());
		return here != null && here.add(listener);
	}

	/** An execution has left a place with an event. */
	void deliver(LiveExecution execution, StreamPosition from, LiveEvent event) {
		Set<Listener> here = this.waiting.remove(from);
		if (here != null) {
			here.forEach((listener) -> listener.receive(event));
			here.forEach(this::advance);
		}
		this.broadcast.delivered(execution);
	}

}
