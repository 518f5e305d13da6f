package dev.belfry.live.socket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Notices a peer that is gone, or reads no more: one that was silent for an interval is
 * sent a ping, and after two that it did not answer it is given up. As nothing is read
 * from a peer that lets answers wait, one that takes some of them counts as one that
 * answers. On the event loop of its channel.
 */
final class KeepAlive {

	private static final int MOST_UNANSWERED = 2;

	private final SocketChannel channel;

	private final Runnable gone;

	private @Nullable ScheduledFuture<?> beats;

	private boolean received = true;

	private int unanswered;

	private long waiting;

	/**
	 * Gives a peer up by running the last argument.
	 */
	KeepAlive(SocketChannel channel, Runnable gone) {
		this.channel = channel;
		this.gone = gone;
	}

	/** Begins at a moment of its own, so that many that came at once spread over time. */
	void start(Duration interval) {
		long millis = interval.toMillis();
		long first = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
		this.beats = this.channel.loop().scheduleAtFixedRate(this::beat, first, millis, TimeUnit.MILLISECONDS);
	}

	/** Something came from the peer. */
	void received() {
		this.received = true;
	}

	void stop() {
		if (this.beats != null) {
			this.beats.cancel(false);
		}
	}

	private void beat() {
		long before = this.waiting;
		this.waiting = this.channel.waiting();
		if (this.received || this.waiting < before) {
			this.received = false;
			this.unanswered = 0;
		}
		else if (this.unanswered < MOST_UNANSWERED) {
			this.unanswered++;
			this.channel.send(ServerMessage.PING);
		}
		else {
			this.gone.run();
		}
	}

}
