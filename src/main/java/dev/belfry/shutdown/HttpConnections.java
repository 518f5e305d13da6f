package dev.belfry.shutdown;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * All connections by HTTP, so that those of a node that stops can be ended without an
 * answer owed. The web server's own graceful shutdown cuts kept-alive ones between a
 * request and its answer.
 */
@Component
class HttpConnections implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();

	private volatile boolean leaving;

	private volatile boolean ending;

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this::know);
	}

	private HttpServer know(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> know(channel));
	}

	private void know(Channel channel) {
		HttpConnection connection = new HttpConnection(this, channel);
		this.open.add(connection);
		if (this.ending) {
			connection.refuse();
		}
		else {
			channel.pipeline().addAfter(NettyPipeline.HttpTrafficHandler, "answersOwed", connection);
		}
	}

	void closed(HttpConnection connection) {
		this.open.remove(connection);
	}

	/** The node starts, perhaps anew after a stop. */
	void begin() {
		this.leaving = false;
		this.ending = false;
	}

	/** Whether each connection closes with its next answer. */
	boolean isLeaving() {
		return this.leaving;
	}

	/** From now on each connection closes with its next answer. */
	void leave() {
		this.leaving = true;
	}

	/**
	 * Closes all that owe nothing, and completes when the others have answered. Who comes
	 * after this is closed before anything is read: the web server would cut them off
	 * when it closes the port, whatever they had asked by then.
	 */
	Mono<Void> end() {
		leave();
		this.ending = true;
		return Flux.fromIterable(List.copyOf(this.open))
			.flatMap((connection) -> connection.end(), Integer.MAX_VALUE)
			.then();
	}

}
