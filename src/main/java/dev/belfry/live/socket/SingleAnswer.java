package dev.belfry.live.socket;

import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import dev.belfry.graphql.admission.Running;

/** A query or mutation of a socket, which is answered once. */
final class SingleAnswer extends BaseSubscriber<ServerMessage> implements LiveOperation {

	private final LiveSocket socket;

	private final String id;

	private final Flux<ServerMessage> work;

	private final Running running = new Running();

	SingleAnswer(LiveSocket socket, String id, Flux<ServerMessage> work) {
		this.socket = socket;
		this.id = id;
		this.work = work;
	}

	void begin() {
		this.work.contextWrite(Context.of(Running.class, this.running)).subscribe(this);
	}

	@Override
	protected void hookOnNext(ServerMessage message) {
		this.socket.run(() -> this.socket.deliver(this.id, this, message));
	}

	/** The client wants no answer; runs something once the work for it is over. */
	void abandon(Runnable over) {
		cancel();
		this.running.abandon(over);
	}

	@Override
	public boolean isStream() {
		return false;
	}

}
