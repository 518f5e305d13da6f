package dev.belfry.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Where clients get their tokens, each the next one. */
final class TokenShop implements AutoCloseable {

	private final HttpServer server;

	private final IntFunction<String> tokens;

	private final List<String> given = new CopyOnWriteArrayList<>();

	private final List<String> refused = new CopyOnWriteArrayList<>();

	private TokenShop(HttpServer server, IntFunction<String> tokens) {
		this.server = server;
		this.tokens = tokens;
	}

	/**
	 * Opens one.
	 * @param tokens the token by its number, from 0
	 */
	static TokenShop open(IntFunction<String> tokens) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			TokenShop shop = new TokenShop(server, tokens);
			server.createContext("/", shop::give);
			server.start();
			return shop;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
	}

	List<String> given() {
		return this.given;
	}

	/** Those that clients said were refused. */
	List<String> refused() {
		return this.refused;
	}

	private void give(HttpExchange exchange) throws IOException {
		String back = exchange.getRequestHeaders().getFirst("refused");
		if (back != null) {
			this.refused.add(back);
		}
		String token = this.tokens.apply(this.given.size());
		this.given.add(token);
		byte[] answer = token.getBytes(StandardCharsets.US_ASCII);
		exchange.sendResponseHeaders(200, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
