package dev.belfry.live.socket;

import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** A query or mutation of a socket, which is answered once. */
final class SingleAnswer extends BaseSubscriber<ServerMessage> implements LiveOperation {

	private final LiveSocket socket;

	private final String id;

	private final Flux<ServerMessage> work;

	SingleAnswer(LiveSocket socket, String id, Flux<ServerMessage> work) {
		this.socket = socket;
		this.id = id;
		this.work = work;
	}

	void begin() {
		this.work.subscribe(this);
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
