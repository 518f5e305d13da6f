package dev.belfry.benchmark;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link LoadClient}, which has one request at hand at a time. */
final class LoadConnection extends SimpleChannelInboundHandler<FullHttpResponse> {

	private final LoadClient client;

	private @Nullable Channel channel;

	private long due;

	private boolean isAnswered = true;

	LoadConnection(LoadClient client) {
		this.client = client;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.channel = context.channel();
	}

	void send(byte[] request, long due) {
		this.due = due;
		this.isAnswered = false;
		this.channel.writeAndFlush(Unpooled.wrappedBuffer(request));
	}

	void close() {
		this.channel.close();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
		String body = response.content().toString(StandardCharsets.UTF_8);
		this.isAnswered = true;
		this.client.note((response.status().code() == 200) ? body : "status " + response.status() + body, this.due);
		this.client.free(this);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (!this.isAnswered) {
			this.client.failed("The connection was closed.");
		}
		this.client.closed(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.client.failed(cause.toString());
		this.isAnswered = true;
		context.close();
	}

}
