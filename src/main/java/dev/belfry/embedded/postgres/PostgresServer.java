package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a process beside Belfry, on the loopback interface. It survives Belfry's
 * sudden end, and Belfry starts it again when it ends suddenly itself.
 */
final class PostgresServer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

	private static final int ATTEMPTS = 20;

	private static final long MILLIS_BETWEEN_ATTEMPTS = 250;

	private final Path output;

	private final PostgresPrograms programs;

	private final PostgresCluster cluster;

	private boolean closed;

	private PostgresServer(Path output, PostgresPrograms programs, PostgresCluster cluster) {
		this.output = output;
		this.programs = programs;
		this.cluster = cluster;
	}

	/**
	 * Starts a server whose programs and files are below the directory. The caller holds
	 * its lock.
	 */
	static PostgresServer start(Path directory, String password, Map<String, String> settings) throws IOException {
		Unprivileged user = Unprivileged.choose();
		Path home = PostgresArchive.forThisMachine().unpackBelow(directory);
		user.handOver(directory);
		PostgresPrograms programs = new PostgresPrograms(home, directory.resolve("command.log"), user);
		PostgresCluster cluster = PostgresCluster.openBelow(directory, programs, password);
		cluster.configure(settings);
		PostgresServer server = new PostgresServer(directory.resolve("server.log"), programs, cluster);
		server.launch();
		return server;
	}

	private synchronized void launch() throws IOException {
		new LeftOverPostgres(this.cluster, this.programs).clear();
		keepLastOutput();
		for (int attempt = 1; !succeeds(attempt == ATTEMPTS); attempt++) {
			pause();
		}
		this.cluster.process().ifPresent((process) -> process.onExit().thenRunAsync(this::launchAgain));
	}

	/** Attempts fail while processes of a killed server have yet to end. */
	private boolean succeeds(boolean last) {
		try {
			this.programs.start(this.cluster, this.output);
			return true;
		}
		catch (PostgresFailed ex) {
			if (last) {
				throw ex;
			}
			return false;
		}
	}

	private synchronized void launchAgain() {
		if (this.closed) {
			return;
		}
		log.warn("PostgreSQL has ended unexpectedly, and is started again");
		try {
			launch();
			log.info("PostgreSQL runs again");
		}
		catch (IOException | PostgresFailed ex) {
			log.error("PostgreSQL does not start again, see {}: {}", this.output, ex.getMessage());
		}
	}

	private void keepLastOutput() throws IOException {
		if (Files.exists(this.output)) {
			Files.move(this.output, this.output.resolveSibling("server.last.log"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			this.programs.stop(this.cluster, "fast");
		}
		catch (PostgresFailed ex) {
			log.warn("PostgreSQL was not stopped in order, and will recover at the next start: {}", ex.getMessage());
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_ATTEMPTS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PostgresFailed("The start of PostgreSQL was interrupted", ex);
		}
	}

}
