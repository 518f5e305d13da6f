package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.belfry.start.StartRefused;

/**
 * The database of a Belfry that was given none. It gets ready beside the rest of the
 * start.
 */
final class EmbeddedDatabase {

	private final Path directory;

	private final int port;

	private final String password;

	private final CompletableFuture<PostgresServer> server;

	private EmbeddedDatabase(Path directory, int port, String password) {
		this.directory = directory;
		this.port = port;
		this.password = password;
		this.server = CompletableFuture.supplyAsync(this::launch, (task) -> new Thread(task, "postgres").start());
	}

	/** Begins to start it. The caller holds the lock of the directory. */
	static EmbeddedDatabase startBelow(Path directory) throws IOException {
		OwnerOnly.directory(directory);
		String password = OwnerOnly.secret(directory.resolve("password"), EmbeddedDatabase::newPassword);
		return new EmbeddedDatabase(directory, freePort(), password);
	}

	/** Where it will be: host, port and database, without the scheme. */
	String address() {
		return "postgresql://127.0.0.1:" + this.port + "/" + PostgresCluster.NAME;
	}

	String user() {
		return PostgresCluster.NAME;
	}

	String password() {
		return this.password;
	}

	/** Waits until it accepts connections. */
	void awaitReady() {
		try {
			this.server.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof StartRefused refused) ? refused : ex;
		}
	}

	void stop() {
		boolean started = this.server.handle((running, failure) -> failure == null).join();
		if (started) {
			this.server.join().close();
		}
	}

	private PostgresServer launch() {
		try {
			return PostgresServer.start(this.directory, this.password, Map.of("port", Integer.toString(this.port)));
		}
		catch (IOException | PostgresFailed ex) {
			throw new StartRefused("Belfry's own PostgreSQL cannot be started: " + ex.getMessage(), "See server.log in "
					+ this.directory + ", or give Belfry a database with spring.r2dbc.url and an issuer of tokens.",
					ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static String newPassword() {
		byte[] secret = new byte[24];
		new SecureRandom().nextBytes(secret);
		return HexFormat.of().formatHex(secret);
	}

}
