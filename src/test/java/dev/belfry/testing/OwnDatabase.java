package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL of a test's own, with which it can do what would disturb others. */
public final class OwnDatabase implements AutoCloseable {

	private final Path directory;

	private final EmbeddedPostgres server;

	private OwnDatabase(Path directory, EmbeddedPostgres server) {
		this.directory = directory;
		this.server = server;
	}

	public static OwnDatabase start() {
		try {
			Path directory = Files.createTempDirectory("own-database").resolve("data");
			return new OwnDatabase(directory,
					EmbeddedPostgres.builder()
						.setDataDirectory(directory)
						.setServerConfig("max_connections", "200")
						.setServerConfig("fsync", "on")
						.setServerConfig("synchronous_commit", "on")
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** On files that another server has left, or that are a copy of one's. */
	static OwnDatabase startOn(Path directory) {
		try {
			return new OwnDatabase(directory,
					EmbeddedPostgres.builder()
						.setDataDirectory(directory)
						.setCleanDataDirectory(false)
						.setServerConfig("max_connections", "200")
						.setServerConfig("fsync", "on")
						.setServerConfig("synchronous_commit", "on")
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A connection of its own. */
	Connection connect() throws SQLException {
		return this.server.getPostgresDatabase().getConnection();
	}

	Path directory() {
		return this.directory;
	}

	public int port() {
		return this.server.getPort();
	}

	/** Its URL for a node. */
	public String url() {
		return url(port());
	}

	/** Its URL for a node that reaches it through another port. */
	public static String url(int port) {
		return "r2dbc:postgresql://127.0.0.1:" + port + "/postgres";
	}

	public void execute(String sql) {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The first column of all rows that a query finds. */
	public List<String> list(String sql) {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> all = new ArrayList<>();
			while (rows.next()) {
				all.add(rows.getString(1));
			}
			return all;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Stops all its processes where they are; their sockets stay open. */
	public void freeze() {
		signal("-STOP");
	}

	public void thaw() {
		signal("-CONT");
	}

	/** The postmaster first, which would start others. */
	private void signal(String signal) {
		try {
			long pid = Long.parseLong(Files.readAllLines(this.directory.resolve("postmaster.pid")).get(0));
			ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
			kill(signal, Stream.of(postmaster));
			kill(signal, postmaster.descendants());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void kill(String signal, Stream<ProcessHandle> processes) throws IOException {
		List<String> command = new ArrayList<>(List.of("kill", signal));
		processes.map((process) -> Long.toString(process.pid())).forEach(command::add);
		try {
			new ProcessBuilder(command).inheritIO().start().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		thaw();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
