package dev.belfry.transport;

import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * An operation of a socket. It asks for the next message when the network has taken the
 * last one, so a slow reader is fed from its own place in the log and nothing piles up.
 */
final class LiveOperation extends BaseSubscriber<ServerMessage> {

	private final LiveSocket socket;

	private final String id;

	/** Whether a message was delivered that the network has yet to make room for. */
	private boolean owed;

	private boolean streams;

	LiveOperation(LiveSocket socket, String id) {
		this.socket = socket;
		this.id = id;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	protected void hookOnNext(ServerMessage message) {
		this.socket.run(() -> deliver(message));
	}

	private void deliver(ServerMessage message) {
		this.socket.deliver(this.id, this, message);
		this.owed = true;
		this.streams = true;
		resume();
	}

	/** Asks for more, if the network has room. */
	void resume() {
		if (this.owed && this.socket.isWritable()) {
			this.owed = false;
			request(1);
		}
	}

	/** Ends it if it is a stream that has begun, and answers whether it is. */
	boolean endStream() {
		if (this.streams) {
			dispose();
		}
		return this.streams;
	}

}
