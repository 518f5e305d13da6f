package dev.belfry.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL that outlives the run: what was filled in once is measured again and
 * again. {@code -Dbelfry.benchmark.dir} says where it lives.
 */
public final class BenchmarkServer implements AutoCloseable {

	private static final Duration RECOVERY = Duration.ofMinutes(3);

	private final EmbeddedPostgres postgres;

	private final Path data;

	private BenchmarkServer(EmbeddedPostgres postgres, Path data) {
		this.postgres = postgres;
		this.data = data;
	}

	/**
	 * With the settings of one that is used in earnest, on a machine with 4 GB for it.
	 */
	public static BenchmarkServer start(String name) {
		Path data = directory().resolve(name);
		try {
			Files.createDirectories(data.getParent());
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setDataDirectory(data)
				.setCleanDataDirectory(false)
				.setPGStartupWait(RECOVERY);
			Map.of("fsync", "on", "synchronous_commit", "on", "shared_buffers", "512MB", "effective_cache_size", "3GB",
					"max_wal_size", "16GB", "maintenance_work_mem", "1GB", "random_page_cost", "1.1", "max_connections",
					"200")
				.forEach(builder::setServerConfig);
			return new BenchmarkServer(builder.start(), data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Path directory() {
		String otherwise = Path.of(System.getProperty("java.io.tmpdir"), "belfry-benchmark").toString();
		return Path.of(System.getProperty("belfry.benchmark.dir", otherwise));
	}

	public DataSource database(String name) {
		return this.postgres.getDatabase("postgres", name);
	}

	public int port() {
		return this.postgres.getPort();
	}

	public void createDatabase(String name) {
		try (Session session = Session.on(database("postgres"))) {
			session.run("drop database if exists " + name + " with (force)", "create database " + name);
		}
	}

	/** Of PostgreSQL. */
	public String version() {
		try (Session session = Session.on(database("postgres"))) {
			return session.texts("show server_version").get(0);
		}
	}

	/**
	 * The processor time that its processes have used so far, in microseconds. Those of
	 * connections that have ended are left out.
	 */
	public long processorMicros() throws IOException {
		long postmaster = Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).get(0));
		long sum = 0;
		for (ProcessHandle process : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
			sum += ThreadTimes.micros(Path.of("/proc", Long.toString(process.pid())));
		}
		return sum;
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
