package dev.belfry.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that follows the log and the bell of a user on a socket of its own. While it
 * is told to follow it comes back with its last cursor, however its socket ended.
 */
public final class Follower {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String FEED = "feed";

	private static final String BELL = "bell";

	private static final int RETRY_MILLIS = 200;

	private final Followers others;

	private final int port;

	private final String token;

	private final Consumer<JsonNode> nodes;

	/** The socket at hand; what an older one still brings is passed over. */
	private volatile Channel channel;

	private volatile boolean following;

	private volatile boolean back;

	private volatile String cursor;

	private volatile String problem = "";

	private volatile int unseen = -1;

	private volatile List<String> ends = List.of();

	Follower(Followers others, int port, String token, String cursor, Consumer<JsonNode> nodes) {
		this.others = others;
		this.port = port;
		this.token = token;
		this.cursor = cursor;
		this.nodes = nodes;
	}

	/** Connects, and goes on after the last batch that came. */
	public void follow() {
		this.following = true;
		this.back = false;
		this.others.connect(this.port, new Socket()).addListener((connected) -> {
			if (!connected.isSuccess()) {
				comeBack();
			}
		});
	}

	/** Ends the socket, without a word to the server. */
	public void cut() {
		this.following = false;
		Channel open = this.channel;
		this.channel = null;
		if (open != null) {
			open.close();
		}
	}

	/** Whether a batch has come since it last connected. */
	public boolean isBack() {
		return this.back;
	}

	/** What the bell shows. */
	public int unseen() {
		return this.unseen;
	}

	/** How sockets and subscriptions ended that nobody had told to. */
	public List<String> ends() {
		return this.ends;
	}

	/** What must not happen, and did; or nothing. */
	public String problem() {
		return this.problem;
	}

	private void comeBack() {
		this.others.schedule(() -> {
			if (this.following) {
				follow();
			}
		}, RETRY_MILLIS);
	}

	private void batch(JsonNode batch) {
		String start = batch.get("startCursor").asString();
		if (!start.equals(this.cursor) || !batch.get("gap").isNull()) {
			this.problem = "after " + this.cursor + " came " + batch;
		}
		batch.get("nodes").forEach(this.nodes);
		this.cursor = batch.get("endCursor").asString();
		this.back = true;
	}

	/** One connection. */
	private final class Socket extends SimpleChannelInboundHandler<WebSocketFrame> {

		private String end = "the connection";

		@Override
		public void channelActive(ChannelHandlerContext context) {
			Follower.this.channel = context.channel();
			context.fireChannelActive();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				send(context, Map.of("type", "connection_init", "payload",
						Map.of("authorization", "Bearer " + Follower.this.token)));
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
			if (!Follower.this.following || context.channel() != Follower.this.channel) {
				return;
			}
			if (frame instanceof CloseWebSocketFrame close) {
				end(context, close.statusCode() + " " + close.reasonText());
			}
			else {
				take(context, JSON.readTree(new ByteBufInputStream(frame.content())));
			}
		}

		private void take(ChannelHandlerContext context, JsonNode message) {
			switch (message.get("type").asString()) {
				case "connection_ack" -> {
					subscribe(context, FEED, "jobNotificationFeed", Map.of("since", Follower.this.cursor));
					subscribe(context, BELL, "bellChanges", Map.of());
				}
				case "next" -> next(message.get("id").asString(), message.at("/payload/data"));
				case "ping" -> send(context, Map.of("type", "pong"));
				default -> end(context, message.toString());
			}
		}

		private void end(ChannelHandlerContext context, String how) {
			this.end = how;
			context.close();
		}

		private void next(String id, JsonNode data) {
			if (id.equals(FEED)) {
				batch(data.get("jobNotifications"));
			}
			else {
				Follower.this.unseen = data.at("/bell/unseenCount").asInt();
			}
		}

		private void subscribe(ChannelHandlerContext context, String id, String sample, Map<String, ?> variables) {
			send(context, Map.of("id", id, "type", "subscribe", "payload",
					Map.of("query", Follower.this.others.sample(sample), "variables", variables)));
		}

		private static void send(ChannelHandlerContext context, Map<String, ?> message) {
			context.writeAndFlush(new TextWebSocketFrame(JSON.writeValueAsString(message)));
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			if (Follower.this.following && context.channel() == Follower.this.channel) {
				Follower.this.ends = Stream.concat(Follower.this.ends.stream(), Stream.of(this.end)).toList();
				comeBack();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			if (!(cause instanceof IOException || cause instanceof WebSocketHandshakeException)) {
				Follower.this.problem = cause.toString();
			}
			context.close();
		}

	}

}
