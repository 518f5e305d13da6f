package dev.belfry.live.socket;

import reactor.core.publisher.BaseSubscriber;

/** A query or mutation of a socket, which is answered once. */
final class SingleAnswer extends BaseSubscriber<ServerMessage> implements LiveOperation {

	private final LiveSocket socket;

	private final String id;

	SingleAnswer(LiveSocket socket, String id) {
		this.socket = socket;
		this.id = id;
	}

	@Override
	protected void hookOnNext(ServerMessage message) {
		this.socket.run(() -> this.socket.deliver(this.id, this, message));
	}

	@Override
	public boolean isStream() {
		return false;
	}

}
