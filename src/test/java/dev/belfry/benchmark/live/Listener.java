package dev.belfry.benchmark.live;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * One socket of the client, with one subscription. All of it happens on the event loop
 * that all sockets share.
 */
final class Listener {

	private static final int PONG = 0x8a;

	private static final int TEXT = 0x81;

	private final Channel channel;

	private final Sockets sockets;

	private final Subscriber subscriber;

	private boolean ready;

	/** The badge that the bell began with. */
	private int unseenAtFirst;

	private int completions;

	private String end = "";

	Listener(Channel channel, Sockets sockets, Subscriber subscriber) {
		this.channel = channel;
		this.sockets = sockets;
		this.subscriber = subscriber;
	}

	void connected() {
		this.sockets.connected(this);
		this.channel.writeAndFlush(bytes("GET " + this.subscriber.path()
				+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
				+ "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));
	}

	void opened() {
		if (this.subscriber.speaksGraphQl()) {
			send(this.subscriber.init());
		}
	}

	void received(byte[] payload, int length, int bytes) {
		long now = Emissions.now();
		Message message = this.sockets.message();
		message.read(payload, length, (run, recordedAt) -> this.sockets.received(run, recordedAt, now));
		if (message.isNext()) {
			next(message, bytes);
		}
		else if (message.isOfType("connection_ack")) {
			send(this.subscriber.subscribe());
		}
		else if (message.isOfType("ping")) {
			send("{\"type\":\"pong\"}");
		}
		else if (!message.isOfType("pong")) {
			closing(message.toString());
			this.channel.close();
		}
	}

	private void next(Message message, int bytes) {
		boolean bell = message.unseenCount() >= 0;
		if (!this.ready) {
			this.ready = true;
			this.unseenAtFirst = message.unseenCount();
			this.sockets.ready(((InetSocketAddress) this.channel.remoteAddress()).getPort());
			return;
		}
		int before = this.completions;
		this.completions = bell ? message.unseenCount() - this.unseenAtFirst : before + message.completions();
		this.sockets.received(bytes, this.completions - before);
	}

	/** What is still to come; negative if something came twice. */
	int missing() {
		return this.sockets.emitted(this.subscriber.account()) - this.completions;
	}

	void pinged(byte[] payload, int length) {
		send(PONG, new String(payload, 0, length, StandardCharsets.ISO_8859_1));
	}

	void closing(String reason) {
		this.end = reason;
	}

	void closed() {
		this.sockets.closed(this, this.end);
	}

	void close() {
		this.channel.close();
	}

	private void send(String text) {
		send(TEXT, text);
	}

	/** Masked, as a client must; by zeros, which change nothing. */
	private void send(int kind, String text) {
		byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
		ByteBuf frame = this.channel.alloc().buffer(payload.length + 8).writeByte(kind);
		if (payload.length < 126) {
			frame.writeByte(0x80 | payload.length);
		}
		else {
			frame.writeByte(0x80 | 126).writeShort(payload.length);
		}
		this.channel.writeAndFlush(frame.writeInt(0).writeBytes(payload));
	}

	private ByteBuf bytes(String text) {
		return this.channel.alloc().buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

}
