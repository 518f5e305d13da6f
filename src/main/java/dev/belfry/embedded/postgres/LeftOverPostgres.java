package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that lives on when the Belfry that started it was killed, or the file that
 * is left of it when it was killed too.
 */
final class LeftOverPostgres {

	private static final Logger log = LoggerFactory.getLogger(LeftOverPostgres.class);

	private final PostgresCluster cluster;

	private final PostgresPrograms programs;

	LeftOverPostgres(PostgresCluster cluster, PostgresPrograms programs) {
		this.cluster = cluster;
		this.programs = programs;
	}

	/**
	 * Clears the way for a server of ours. The caller holds the lock of the data
	 * directory.
	 */
	void clear() throws IOException {
		Optional<ProcessHandle> server = this.cluster.process().filter(this::isOurs);
		if (server.isPresent()) {
			log.info("Stopping the PostgreSQL that an earlier Belfry left running (process {})", server.get().pid());
			stop();
		}
		// PostgreSQL itself would not start while the number belongs to another process
		// by now.
		Files.deleteIfExists(this.cluster.processFile());
	}

	private boolean isOurs(ProcessHandle process) {
		Path programsOfAnyVersion = this.programs.home().resolveSibling("");
		return process.info()
			.command()
			.filter((command) -> Path.of(command).startsWith(programsOfAnyVersion))
			.isPresent();
	}

	private void stop() {
		try {
			this.programs.stop(this.cluster, "fast");
		}
		catch (PostgresFailed ex) {
			log.warn("It did not stop by itself and is ended at once; it will recover ({})", ex.getMessage());
			this.programs.stop(this.cluster, "immediate");
		}
	}

}
