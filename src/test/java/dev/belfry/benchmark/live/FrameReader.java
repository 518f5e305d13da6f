package dev.belfry.benchmark.live;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Takes the frames of a WebSocket out of what the server sends, after the handshake. No
 * extensions, no fragments.
 */
final class FrameReader extends ByteToMessageDecoder {

	private static final String SWITCHED = "HTTP/1.1 101 ";

	private static final int CLOSE = 0x88;

	private static final int PING = 0x89;

	private static final int TEXT = 0x81;

	private final Listener listener;

	private byte[] payload = new byte[2048];

	private boolean open;

	FrameReader(Listener listener) {
		this.listener = listener;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf input, List<Object> output) {
		if (this.open) {
			readFrame(input);
		}
		else {
			readHandshake(input);
		}
	}

	private void readHandshake(ByteBuf input) {
		String answer = input.toString(StandardCharsets.US_ASCII);
		int end = answer.indexOf("\r\n\r\n");
		if (end < 0) {
			return;
		}
		if (!answer.startsWith(SWITCHED)) {
			throw new IllegalStateException(answer);
		}
		input.skipBytes(end + 4);
		this.open = true;
		this.listener.opened();
	}

	private void readFrame(ByteBuf input) {
		int start = input.readerIndex();
		if (input.readableBytes() < 2) {
			return;
		}
		int kind = input.readUnsignedByte();
		int length = input.readUnsignedByte();
		int more = (length == 126) ? 2 : (length == 127) ? 8 : 0;
		if (input.readableBytes() < more) {
			input.readerIndex(start);
			return;
		}
		length = (more == 2) ? input.readUnsignedShort() : (more == 8) ? (int) input.readLong() : length;
		if (input.readableBytes() < length) {
			input.readerIndex(start);
			return;
		}
		if (this.payload.length < length) {
			this.payload = new byte[length * 2];
		}
		input.readBytes(this.payload, 0, length);
		received(kind, length, 2 + more + length);
	}

	private void received(int kind, int length, int bytes) {
		switch (kind) {
			case TEXT -> this.listener.received(this.payload, length, bytes);
			case PING -> this.listener.pinged(this.payload, length);
			case CLOSE -> this.listener.closing(new String(this.payload, 0, length, StandardCharsets.UTF_8));
			default -> throw new IllegalStateException("No frame was expected that begins with " + kind);
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext context) throws Exception {
		super.channelActive(context);
		this.listener.connected();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		super.channelInactive(context);
		this.listener.closed();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
		this.listener.closing(problem.toString());
		context.close();
	}

}
