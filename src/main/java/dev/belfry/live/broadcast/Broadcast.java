package dev.belfry.live.broadcast;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import dev.belfry.database.connections.Epoch;
import dev.belfry.viewer.AccountId;

/**
 * A subscription that many listen to. An event leads from one place of the stream to the
 * next, is executed and encoded once, and sent to all who wait at its beginning. An
 * execution lives for as long as someone waits at its place, and ends when it meets
 * another one. Guarded by itself; listeners get events on their own event loops.
 */
final class Broadcast {

	private final Key key;

	private final Broadcasts broadcasts;

	private final RecentEvents recent;

	private final Map<StreamPosition, LiveExecution> executions = new HashMap<>(4);

	private final Map<EventExecutor, Audience> audiences = new HashMap<>(4);

	private StreamPosition now = StreamPosition.now();

	Broadcast(Key key, Broadcasts broadcasts, RecentEvents recent) {
		this.key = key;
		this.broadcasts = broadcasts;
		this.recent = recent;
	}

	synchronized void forgetBefore(long nanos) {
		this.recent.forgetBefore(nanos);
	}

	synchronized Audience audience(EventExecutor loop) {
		return this.audiences.computeIfAbsent(loop, (own) -> new Audience(this, own));
	}

	/** A listener has gone, perhaps the last of its audience. */
	void left(Audience audience, boolean last) {
		if (last) {
			synchronized (this) {
				this.audiences.remove(audience.loop());
				if (this.audiences.isEmpty()) {
					this.recent.clear();
				}
			}
		}
		this.broadcasts.leave(this.key);
	}

	/**
	 * The event that leads on from a listener's place if it is known; else the audience
	 * gets it later, and waits.
	 */
	@Nullable LiveEvent nextOrAwait(Audience audience, Listener listener) {
		LiveExecution fresh = null;
		synchronized (this) {
			LiveEvent known = this.recent.get(listener.place());
			if (known != null) {
				return known;
			}
			if (!listener.place().isLasting() && !this.executions.containsKey(listener.place())) {
				listener.moveTo(this.now);
			}
			LiveExecution execution = this.executions.get(listener.place());
			if (execution == null) {
				fresh = new LiveExecution(this, listener.place());
				execution = fresh;
				this.executions.put(listener.place(), fresh);
			}
			execution.awaitedBy(audience);
		}
		if (fresh != null) {
			this.broadcasts.run(this.key, fresh, listener.viewer());
		}
		return null;
	}

	/** An execution begins. Who comes from now on has another "now". */
	synchronized void begins(LiveExecution execution) {
		if (this.now.equals(execution.place())) {
			this.now = StreamPosition.now();
		}
	}

	/** Nobody of an audience waits at a place any more. */
	void awaitsNoMore(Audience audience, StreamPosition place) {
		LiveExecution execution;
		synchronized (this) {
			execution = this.executions.get(place);
			if (execution == null || !execution.awaitedNoMoreBy(audience)) {
				return;
			}
			this.executions.remove(place);
		}
		execution.end();
	}

	/** An execution has come from its place to another one. */
	void emitted(LiveExecution execution, LiveEvent event) {
		boolean ends;
		synchronized (this) {
			StreamPosition from = execution.place();
			if (!this.executions.remove(from, execution)) {
				return;
			}
			StreamPosition to = event.to();
			ends = to == null || this.executions.putIfAbsent(to, execution) != null || this.audiences.isEmpty();
			if (from.isLasting() && to != null) {
				this.recent.add(from, event);
			}
			execution.moveTo((to != null) ? to : from, this.audiences.size());
			for (Audience audience : this.audiences.values()) {
				audience.loop().execute(() -> audience.deliver(execution, from, event));
			}
			if (ends && to != null) {
				this.executions.remove(to, execution);
			}
		}
		if (ends) {
			execution.end();
		}
	}

	/** An execution has failed where none should. */
	void failed(LiveExecution execution, Throwable problem) {
		emitted(execution, this.broadcasts.failed(problem, null));
	}

	/**
	 * An audience has delivered an execution's event; the last one decides how it
	 * continues.
	 */
	void delivered(LiveExecution execution) {
		synchronized (this) {
			if (!execution.isDeliveredToAll() || this.executions.get(execution.place()) != execution) {
				return;
			}
			if (execution.isAwaited()) {
				execution.ask();
				return;
			}
			this.executions.remove(execution.place());
		}
		execution.end();
	}

	/**
	 * What subscriptions have in common that share a broadcast.
	 *
	 * @param epoch in which their viewers are known
	 * @param account null for the platform, which is refused
	 * @param userId null if it is the same for every user, or the viewer is none
	 * @param subscription but for where it begins
	 */
	record Key(Epoch epoch, @Nullable AccountId account, @Nullable Long userId, Set<String> scopes,
			LiveSubscription subscription) {
	}

}
