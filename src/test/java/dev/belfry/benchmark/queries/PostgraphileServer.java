package dev.belfry.benchmark.queries;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.belfry.testing.Programs;

/** PostGraphile over the tables of a Belfry, in a process of its own. */
final class PostgraphileServer implements AutoCloseable {

	private static final Path LOG = Path.of("target", "benchmark-postgraphile.log");

	private static final Duration START = Duration.ofSeconds(60);

	private final Process process;

	private final int port;

	private PostgraphileServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static PostgraphileServer start(int databasePort, String database) throws IOException {
		int port = Programs.freePort();
		ProcessBuilder builder = new ProcessBuilder("node",
				Path.of("src", "test", "peers", "postgraphile", "server.mjs").toString(), Integer.toString(port),
				"postgres://postgres:postgres@127.0.0.1:" + databasePort + "/" + database);
		builder.environment().put("NODE_ENV", "production");
		PostgraphileServer server = new PostgraphileServer(
				builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start(), port);
		Programs.awaitReady(server.process, LOG, START, server::isReady);
		return server;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	private boolean isReady() {
		return Programs.answers(this.port, "/graphql", "{\"query\":\"{__typename}\"}");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

}
