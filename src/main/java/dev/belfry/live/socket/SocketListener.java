package dev.belfry.live.socket;

import java.util.Objects;

import io.netty.util.concurrent.EventExecutor;

import dev.belfry.live.broadcast.Listener;
import dev.belfry.live.broadcast.LiveEvent;
import dev.belfry.live.broadcast.StreamPosition;
import dev.belfry.viewer.Viewer;

/** A subscription of a socket. */
final class SocketListener extends Listener implements LiveOperation {

	private final LiveSocket socket;

	private final String id;

	private final ServerMessage.Envelope envelope;

	SocketListener(LiveSocket socket, String id, ServerMessage.Envelope envelope, StreamPosition place) {
		super(place);
		this.socket = socket;
		this.id = id;
		this.envelope = envelope;
	}

	@Override
	protected EventExecutor loop() {
		return this.socket.loop();
	}

	@Override
	protected Viewer viewer() {
		return Objects.requireNonNull(this.socket.viewer());
	}

	@Override
	protected boolean isWritable() {
		return this.socket.isWritable();
	}

	@Override
	protected void send(LiveEvent event) {
		this.socket.deliver(this.id, this, switch (event.kind()) {
			case NEXT -> this.envelope.next(event.payload());
			case ERROR -> this.envelope.error(event.payload());
			case COMPLETE -> this.envelope.complete();
		});
	}

	@Override
	protected void cut() {
		this.socket.close(CloseCode.FAILED);
	}

	@Override
	public void cancel() {
		leave();
	}

	@Override
	public boolean isStream() {
		return true;
	}

}
