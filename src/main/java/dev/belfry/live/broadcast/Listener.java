package dev.belfry.live.broadcast;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.viewer.Viewer;

/**
 * One who listens to a broadcast: a subscription of a client. It has a position of its
 * own, so a slow one falls back to it and delays no other. All of it happens on its event
 * loop.
 */
public abstract class Listener {

	private static final Logger log = LoggerFactory.getLogger(Listener.class);

	private @Nullable Audience audience;

	private StreamPosition place;

	private boolean stalled;

	protected Listener(StreamPosition place) {
		this.place = place;
	}

	/** The event loop of the client's connection. */
	protected abstract EventExecutor loop();

	/** Who listens, by the newest token. */
	protected abstract Viewer viewer();

	/** Whether the network takes more. */
	protected abstract boolean isWritable();

	protected abstract void send(LiveEvent event);

	/** Ends the connection, which has lost something. */
	protected abstract void cut();

	final void join(Broadcast broadcast) {
		Audience joined = broadcast.audience(loop());
		this.audience = joined;
		joined.add(this);
	}

	/** Listens no more. */
	protected final void leave() {
		Audience left = this.audience;
		this.audience = null;
		if (left != null) {
			left.remove(this);
		}
	}

	final boolean isListening() {
		return this.audience != null;
	}

	/** The network takes more again. */
	public final void resume() {
		if (this.stalled && this.audience != null) {
			this.stalled = false;
			this.audience.advance(this);
		}
	}

	/** Waits for the network, at its place. */
	final void stall() {
		this.stalled = true;
	}

	/** Takes the next event at its place. */
	protected final void receive(LiveEvent event) {
		if (this.audience == null) {
			return;
		}
		if (event.to() != null) {
			this.place = event.to();
		}
		else {
			leave();
		}
		try {
			send(event);
		}
		catch (Throwable problem) {
			// Whatever it is, it must not affect the listeners after this one.
			log.error("A client could not be sent an event; it is disconnected, to reconnect", problem);
			leave();
			cut();
		}
	}

	final StreamPosition place() {
		return this.place;
	}

	final void moveTo(StreamPosition place) {
		this.place = place;
	}

}
