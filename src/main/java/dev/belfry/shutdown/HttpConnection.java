package dev.belfry.shutdown;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Knows of a connection by HTTP whether it owes an answer, so that it closes before a
 * request or after the answer to it, and never between. One that becomes a socket is
 * known no more. All of it happens on the event loop of its channel.
 */
final class HttpConnection extends ChannelDuplexHandler {

	private final HttpConnections all;

	private final Channel channel;

	/** Completes when the connection owes nothing any more, and will not. */
	private final Sinks.Empty<Void> over = Sinks.empty();

	private boolean owing;

	HttpConnection(HttpConnections all, Channel channel) {
		this.all = all;
		this.channel = channel;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			this.owing = true;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			begin(context, response);
		}
		boolean last = message instanceof LastHttpContent && !isInformational(message) && !context.isRemoved();
		ChannelPromise written = last ? promise.unvoid() : promise;
		if (last) {
			written.addListener((sent) -> answered());
		}
		context.write(message, written);
	}

	private void begin(ChannelHandlerContext context, HttpResponse response) {
		if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			context.pipeline().remove(this);
			gone();
		}
		else if (this.all.isLeaving() && !isInformational(response)) {
			HttpUtil.setKeepAlive(response, false);
		}
	}

	/** {@code 100 Continue} is no answer yet. */
	private static boolean isInformational(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	private void answered() {
		this.owing = false;
		if (this.all.isLeaving()) {
			this.channel.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		gone();
		context.fireChannelInactive();
	}

	private void gone() {
		this.all.closed(this);
		this.over.tryEmitEmpty();
	}

	/** Closes it before anything is read from it. */
	void refuse() {
		this.channel.close();
		gone();
	}

	/** Closes it as soon as it owes nothing. */
	Mono<Void> end() {
		this.channel.eventLoop().execute(() -> {
			if (!this.owing) {
				this.channel.close();
			}
		});
		return this.over.asMono();
	}

}
