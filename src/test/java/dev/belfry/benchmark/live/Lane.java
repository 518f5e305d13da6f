package dev.belfry.benchmark.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

import dev.belfry.benchmark.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;

/** A connection that takes one request at a time. */
final class Lane extends SimpleChannelInboundHandler<FullHttpResponse> {

	private final Target target;

	private final Queue<Lane> idle;

	private volatile Channel channel;

	private volatile String problem = "";

	private int runs;

	private Runnable answered = () -> {
	};

	private Lane(Target target, Queue<Lane> idle) {
		this.target = target;
		this.idle = idle;
	}

	/** Goes back to the idle ones after each answer. */
	static Lane connect(EventLoopGroup loop, Target target, Queue<Lane> idle) throws InterruptedException {
		Lane lane = new Lane(target, idle);
		lane.channel = Transport.http(loop, lane)
			.option(ChannelOption.SO_LINGER, 0)
			.connect("127.0.0.1", target.port())
			.sync()
			.channel();
		return lane;
	}

	void send(byte[] request, int number, Runnable whenAnswered) {
		this.channel.eventLoop().execute(() -> {
			this.runs = number;
			this.answered = whenAnswered;
			this.channel.writeAndFlush(Unpooled.wrappedBuffer(request));
		});
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
		this.answered.run();
		String body = response.content().toString(StandardCharsets.UTF_8);
		if (response.status().code() != 200 || !this.target.isDone(body, this.runs)) {
			this.problem = response.status() + " " + body;
		}
		this.idle.add(this);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.problem = cause.toString();
		this.idle.add(this);
	}

	void check() throws IOException {
		if (!this.problem.isEmpty()) {
			throw new IOException("The server did not take a completion: " + this.problem);
		}
	}

	void close() {
		this.channel.close();
	}

}
