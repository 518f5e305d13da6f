package dev.belfry.web.connections;

import java.util.Comparator;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.input.Refusal;

/**
 * A connection under the limits of {@link Connections}: what it is doing, since when, and
 * how much of the node's memory it holds. It stands between the codec of HTTP and the web
 * server, and is there until the connection ends, also when that has become a socket.
 * What is not said to run anywhere runs on the event loop of its channel.
 */
final class GuardedConnection extends ChannelDuplexHandler {

	private static final JsonMapper JSON = new JsonMapper();

	private static final AttributeKey<GuardedConnection> SELF = AttributeKey.valueOf("belfry.guarded");

	private static final String HEALTH = "/actuator/health";

	/** So many requests a client may send ahead of their answers. */
	private static final int MOST_AHEAD = 16;

	/** So long what a refused client still sends is thrown away, for it to read why. */
	private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

	/** What is not given up for another connection. */
	private static final int KEPT = 5;

	private final Connections all;

	private final Channel channel;

	/** Whether it was let in above the limit, to ask for health. */
	private final boolean guest;

	private volatile Phase phase = Phase.NEW;

	/** When the phase began, by {@link System#nanoTime()}. */
	private volatile long since = System.nanoTime();

	/** Whether an answer was given to a token. */
	private volatile boolean known;

	/** How many bytes of bodies it holds that are not answered. */
	private volatile long held;

	/** How many bytes the body has that is coming in. */
	private volatile long received;

	/** When the network took something, while there was something to take. */
	private volatile long read = System.nanoTime();

	/** How many bytes wait for the network. */
	private volatile long waiting;

	/** Stands for the token of the request; 0: none. */
	private volatile int caller;

	/** Whether it was asked to end for another. */
	private volatile boolean givingWay;

	private int owed;

	private boolean answering;

	/** Whether nothing of a body is to come. */
	private boolean whole = true;

	/** Fails with what the body of the request is refused for. */
	private Sinks.Empty<Void> refused = Sinks.unsafe().empty();

	private @Nullable ChannelHandlerContext context;

	private enum Phase {

		/** No whole head of a request has come. */
		NEW,
		/** The head of a request is there, and not yet all of its body. */
		BODY,
		/** A request is whole, and its answer is owed, or goes out. */
		ANSWER,
		/** All that was asked is answered. */
		IDLE,
		/** It was refused something, and ends. */
		LEAVING,
		/** It is no more one of HTTP. */
		SOCKET

	}

	GuardedConnection(Connections all, Channel channel, boolean guest) {
		this.all = all;
		this.channel = channel;
		this.guest = guest;
		channel.attr(SELF).set(this);
	}

	static GuardedConnection of(Channel channel) {
		return channel.attr(SELF).get();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.phase == Phase.LEAVING) {
			ReferenceCountUtil.release(message);
			drain(context, message);
			return;
		}
		Refusal refusal = null;
		if (message instanceof HttpRequest request) {
			begin(request);
			if (this.owed > MOST_AHEAD) {
				ReferenceCountUtil.release(message);
				end();
				return;
			}
			if (this.guest && !request.uri().startsWith(HEALTH)) {
				ReferenceCountUtil.release(message);
				sendAway(context);
				return;
			}
			refusal = this.all.refuseLength(HttpUtil.getContentLength(request, 0L));
		}
		if (refusal == null && message instanceof HttpContent content) {
			refusal = take(content);
		}
		if (refusal != null && !(message instanceof HttpRequest)) {
			ReferenceCountUtil.release(message);
		}
		else {
			context.fireChannelRead(message);
		}
		if (refusal != null) {
			refuse(refusal);
		}
	}

	/** Fails when the rest of the body is refused. */
	Mono<Void> refused() {
		return this.refused.asMono();
	}

	private void begin(HttpRequest request) {
		this.owed++;
		this.received = 0;
		this.whole = false;
		this.refused = Sinks.unsafe().empty();
		String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
		this.caller = (authorization != null) ? authorization.hashCode() : 0;
		enter(Phase.BODY);
	}

	/** Of an answer that came early nothing is kept: what still comes is thrown away. */
	private @Nullable Refusal take(HttpContent content) {
		int length = content.content().readableBytes();
		this.received += length;
		if (content instanceof LastHttpContent) {
			this.whole = true;
			enter((this.owed > 0) ? Phase.ANSWER : Phase.IDLE);
		}
		Refusal tooLong = this.all.refuseLength(this.received);
		if (tooLong != null || length == 0 || this.owed == 0) {
			return tooLong;
		}
		this.held += length;
		return this.all.hold(this, length);
	}

	/** Answers in the place of the web server, which is not asked. */
	private void sendAway(ChannelHandlerContext context) {
		Refusal refusal = this.all.refuseConnection();
		byte[] body = JSON.writeValueAsBytes(Failures.body(refusal));
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.SERVICE_UNAVAILABLE, Unpooled.wrappedBuffer(body));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
			.set(HttpHeaderNames.CONTENT_LENGTH, body.length)
			.set(HttpHeaderNames.RETRY_AFTER, String.valueOf(refusal.extensions().get(Refusal.RETRY_AFTER)))
			.set(HttpHeaderNames.CONNECTION, "close");
		leave();
		this.owed = 0;
		context.writeAndFlush(response).addListener((sent) -> this.channel.close());
	}

	/** The application answers, as it reads this instead of the rest of the body. */
	private void refuse(Refusal refusal) {
		boolean later = this.owed > 1;
		leave();
		release();
		if (later) {
			end();
		}
		else if (this.owed == 1 && !this.answering) {
			this.refused.tryEmitError(refusal);
		}
	}

	/** Reads on, to nowhere. */
	private void leave() {
		enter(Phase.LEAVING);
		this.channel.config().setAutoRead(true);
	}

	private void drain(ChannelHandlerContext context, Object message) {
		if (message instanceof LastHttpContent) {
			this.whole = true;
			if (this.owed == 0) {
				context.close();
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		if (this.phase == Phase.LEAVING) {
			context.read();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			answer(context, response);
		}
		boolean last = message instanceof LastHttpContent && this.answering;
		ChannelPromise written = (last) ? promise.unvoid() : promise;
		if (last) {
			this.answering = false;
			written.addListener((taken) -> answered());
		}
		context.write(message, written);
	}

	private void answer(ChannelHandlerContext context, HttpResponse response) {
		if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			release();
			enter(Phase.SOCKET);
			context.pipeline().remove(this);
		}
		else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			this.answering = true;
			this.known |= this.caller != 0 && response.status().codeClass() == HttpStatusClass.SUCCESS;
			if (this.phase == Phase.LEAVING) {
				HttpUtil.setKeepAlive(response, false);
			}
		}
	}

	/** The network has taken an answer. */
	private void answered() {
		this.owed = Math.max(0, this.owed - 1);
		if (this.owed > 0) {
			return;
		}
		release();
		enter((this.phase == Phase.ANSWER) ? Phase.IDLE : this.phase);
		if (this.phase == Phase.LEAVING) {
			this.channel.close();
		}
	}

	/** Whoever still sends would not read the answer if it were reset. */
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.phase == Phase.LEAVING && !this.whole && this.channel instanceof DuplexChannel half
				&& half.isActive()) {
			if (!half.isOutputShutdown()) {
				half.shutdownOutput();
			}
			this.channel.closeFuture().addListener((closed) -> promise.trySuccess());
		}
		else {
			context.close(promise);
		}
	}

	private void enter(Phase next) {
		this.since = System.nanoTime();
		this.phase = next;
	}

	private void release() {
		long bytes = this.held;
		this.held = 0;
		this.all.release(bytes);
	}

	/** The channel is closed. */
	void closed() {
		release();
	}

	private void end() {
		enter(Phase.LEAVING);
		release();
		if (this.context != null) {
			this.context.close();
		}
	}

	/** How much is lost if it ends; on any thread. */
	private int worth() {
		return switch (this.phase) {
			case NEW -> 0;
			case LEAVING -> 1;
			case IDLE -> (this.known) ? 3 : 2;
			case BODY -> (this.held == 0) ? 2 : 4;
			case ANSWER, SOCKET -> KEPT;
		};
	}

	/** Whether it can end for another; on any thread. */
	boolean canGiveWay() {
		return !this.givingWay && worth() < KEPT;
	}

	/** As what it is now; on any thread. */
	Standing standing() {
		return new Standing(this, worth(), this.since, this.read);
	}

	/**
	 * Ends it for another, if it still can; on any thread.
	 * @param done runs when it has ended, or stays
	 */
	void giveWay(Runnable done) {
		this.givingWay = true;
		this.channel.eventLoop().execute(() -> {
			this.givingWay = false;
			if (canGiveWay()) {
				this.givingWay = true;
				this.channel.closeFuture().addListener((closed) -> done.run());
				end();
			}
			else {
				done.run();
			}
		});
	}

	/** When it began what it does; on any thread. */
	long since() {
		return this.since;
	}

	/** Whether some of a body is held, and more is to come; on any thread. */
	boolean isHoldingPart() {
		return this.phase == Phase.BODY && this.held > 0;
	}

	/** How many bytes of bodies it holds; on any thread. */
	long held() {
		return this.held;
	}

	/** Whether both have shown the same token, or none; on any thread. */
	boolean isOfSameCaller(GuardedConnection other) {
		return this.caller == other.caller;
	}

	/** Refuses the rest of its body; on any thread. */
	void refusePart(Refusal refusal) {
		this.channel.eventLoop().execute(() -> {
			if (isHoldingPart()) {
				refuse(refusal);
			}
		});
	}

	/** Looks whether it takes too long, and how much waits for it; on any thread. */
	long look(long now) {
		if (isLate(now)) {
			this.channel.eventLoop().execute(this::late);
		}
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		long pending = (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
		if (pending > 0) {
			this.channel.eventLoop().execute(this::lookAtReading);
		}
		else {
			this.waiting = 0;
		}
		return pending;
	}

	private boolean isLate(long now) {
		long most = switch (this.phase) {
			case NEW -> this.all.headTime();
			case BODY -> this.all.bodyTime(this.received);
			case IDLE -> this.all.idleTime();
			case LEAVING -> LINGER;
			case ANSWER, SOCKET -> Long.MAX_VALUE;
		};
		return now - this.since > most;
	}

	private void late() {
		if (!isLate(System.nanoTime())) {
			return;
		}
		if (this.phase == Phase.BODY && this.owed > 0) {
			refuse(this.all.refuseSlowBody());
		}
		else {
			if (this.phase == Phase.NEW) {
				this.all.refuseSlowHead();
			}
			end();
		}
	}

	private void lookAtReading() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		long left = (buffer != null) ? buffer.totalPendingWriteBytes() - buffer.currentProgress() : 0;
		long now = System.nanoTime();
		if (left < this.waiting || this.waiting == 0) {
			this.read = now;
		}
		else if (now - this.read > this.all.unreadTime()) {
			this.all.refuseUnread();
			cut();
		}
		this.waiting = left;
	}

	/** How many bytes wait for the network; on any thread. */
	long waiting() {
		return this.waiting;
	}

	/** Whether something waits for it; on any thread. */
	boolean isAwaited() {
		return this.waiting > 0;
	}

	/**
	 * What it was at a moment.
	 *
	 * @param worth how much is lost if it ends
	 * @param since when it began what it does
	 * @param read when it last took something of what waits for it
	 */
	record Standing(GuardedConnection connection, int worth, long since, long read) {

		/** Who has nothing to lose comes first, then who has been at it for longest. */
		static final Comparator<Standing> WHO_GIVES_WAY = Comparator.comparingInt(Standing::worth)
			.thenComparingLong(Standing::since);

		/** Who has read nothing for longest comes first. */
		static final Comparator<Standing> DEAFEST = Comparator.comparingLong(Standing::read);

	}

	/** Ends it without waiting for what the network does not take; on any thread. */
	void cut() {
		this.channel.eventLoop().execute(() -> {
			enter(Phase.LEAVING);
			release();
			this.channel.unsafe().close(this.channel.voidPromise());
		});
	}

}
