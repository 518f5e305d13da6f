package dev.belfry.benchmark.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.belfry.testing.Programs;

/** A server that is not Belfry: accounts in memory, no database, no tokens. */
final class PeerServer implements LiveServer {

	private static final Path PEERS = Path.of("src", "test", "peers");

	private static final Duration START = Duration.ofSeconds(30);

	private final String name;

	private final boolean speaksGraphQl;

	private final int port;

	private final Process process;

	private PeerServer(String name, boolean speaksGraphQl, int port, Process process) {
		this.name = name;
		this.speaksGraphQl = speaksGraphQl;
		this.port = port;
		this.process = process;
	}

	/** One ready-made message to all sockets of an account. */
	static PeerServer ws() {
		return node("ws", false);
	}

	/** The least that the operating system lets a server do: a write for each frame. */
	static PeerServer write() throws IOException, InterruptedException {
		Path program = Path.of("target", "write");
		Programs.run(List.of("cc", "-O2", "-o", program.toString(), PEERS.resolve("write.c").toString()));
		int port = Programs.freePort();
		return start("C", false, port, List.of(program.toString(), Integer.toString(port)));
	}

	static PeerServer graphqlWs() {
		return node("graphql-ws", true);
	}

	static PeerServer mercurius() {
		return node("mercurius", true);
	}

	static PeerServer spring(String... options) {
		int port = Programs.freePort();
		return start("spring-graphql", true, port,
				Programs.java(List.of(options), SpringPeer.class.getName(), List.of(Integer.toString(port))));
	}

	private static PeerServer node(String name, boolean speaksGraphQl) {
		if (!Files.exists(PEERS.resolve("node_modules"))) {
			throw new IllegalStateException(
					"The peers are not installed: run npm install --prefix " + PEERS + " before.");
		}
		int port = Programs.freePort();
		return start(name, speaksGraphQl, port,
				List.of("node", PEERS.resolve(name + ".mjs").toString(), Integer.toString(port)));
	}

	private static PeerServer start(String name, boolean speaksGraphQl, int port, List<String> command) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log(name).toFile());
			builder.environment().put("NODE_ENV", "production");
			PeerServer server = new PeerServer(name, speaksGraphQl, port, builder.start());
			Programs.awaitReady(server.process, log(name), START, server::isReady);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean speaksGraphQl() {
		return this.speaksGraphQl;
	}

	@Override
	public Target target() {
		return new Target(this.port, Target.NO_TOKEN);
	}

	@Override
	public Person person(int account, int user) {
		return new Person(Emissions.account(account), Target.NO_TOKEN);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	private static Path log(String name) {
		return Path.of("target", "benchmark-" + name + ".log");
	}

	private boolean isReady() {
		return Programs.answers(this.port, "/emit", "{\"account\":\"none\",\"runs\":[]}");
	}

}
