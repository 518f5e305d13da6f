package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A second server that follows a database, asynchronously: what it has not got when it is
 * promoted is lost.
 */
public final class Standby implements AutoCloseable {

	private final OwnDatabase primary;

	private final OwnDatabase server;

	private Standby(OwnDatabase primary, OwnDatabase server) {
		this.primary = primary;
		this.server = server;
	}

	/**
	 * By the low-level backup that PostgreSQL describes, since pg_basebackup is not at
	 * hand.
	 */
	public static Standby of(OwnDatabase primary) {
		try {
			Path copy = Files.createTempDirectory("standby").resolve("data");
			try (Connection connection = primary.connect(); Statement statement = connection.createStatement()) {
				statement.execute("select pg_backup_start('standby', true)");
				copy(primary.directory(), copy);
				try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
					label.next();
					Files.writeString(copy.resolve("backup_label"), label.getString(1));
				}
			}
			Files.createFile(copy.resolve("standby.signal"));
			Files.writeString(copy.resolve("postgresql.auto.conf"),
					"primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=postgres'\n",
					StandardOpenOption.APPEND);
			return new Standby(primary, OwnDatabase.startOn(copy));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A file may go while it is looked at, or change while it is copied: the log mends
	 * that.
	 */
	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				Path target = to.resolve(from.relativize(file));
				if (Files.isDirectory(file)) {
					Files.createDirectory(target);
				}
				else if (!file.getFileName().toString().startsWith("postmaster.")) {
					Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
		Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
	}

	public int port() {
		return this.server.port();
	}

	public OwnDatabase server() {
		return this.server;
	}

	/** Returns when it has all that the primary has now. */
	public void catchUp() {
		String end = this.primary.list("select pg_current_wal_lsn()").get(0);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.server.list("select pg_last_wal_replay_lsn() >= '" + end + "'").get(0).equals("t"));
	}

	/** From now on it gets nothing more. */
	public void stopFollowing() {
		this.server.execute("alter system set primary_conninfo = ''");
		this.server.execute("select pg_reload_conf()");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.server.list("select 1 from pg_stat_wal_receiver").isEmpty());
	}

	/** Returns when it takes writes. */
	public void promote() {
		this.server.execute("select pg_promote(true, 60)");
	}

	@Override
	public void close() {
		this.server.close();
	}

}
