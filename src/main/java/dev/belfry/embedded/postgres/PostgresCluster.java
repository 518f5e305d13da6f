package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's files: made once, with one database for Belfry, and configured anew at
 * every start.
 */
final class PostgresCluster {

	/** The name of the database, and of the only user who can log in. */
	static final String NAME = "belfry";

	private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

	private static final String SETTINGS = "belfry.conf";

	/**
	 * Not what PostgreSQL itself would choose for a small machine that belongs to
	 * somebody's work as well.
	 */
	private static final Map<String, String> DEFAULTS = Map.of("listen_addresses", "127.0.0.1",
			"unix_socket_directories", "", "cluster_name", NAME, "fsync", "on", "synchronous_commit", "on", "jit",
			"off", "random_page_cost", "1.1", "max_parallel_workers", "2", "log_checkpoints", "off");

	private final Path directory;

	private final PostgresPrograms programs;

	private PostgresCluster(Path directory, PostgresPrograms programs) {
		this.directory = directory;
		this.programs = programs;
	}

	/** The cluster below this directory, which is made at the first start. */
	static PostgresCluster openBelow(Path directory, PostgresPrograms programs, String password) throws IOException {
		PostgresCluster cluster = new PostgresCluster(directory, programs);
		if (!Files.isDirectory(cluster.data())) {
			log.info("Creating a database in {}, the first time only", directory);
			cluster.create(password);
		}
		return cluster;
	}

	Path data() {
		return this.directory.resolve("data");
	}

	/** Where a running server writes down which process it is. */
	Path processFile() {
		return data().resolve("postmaster.pid");
	}

	/**
	 * The process that is written down, if it runs; after a crash that may be any
	 * program.
	 */
	Optional<ProcessHandle> process() throws IOException {
		if (!Files.exists(processFile())) {
			return Optional.empty();
		}
		return Files.readAllLines(processFile())
			.stream()
			.limit(1)
			.filter((line) -> line.matches("\\d{1,9}"))
			.findFirst()
			.flatMap((number) -> ProcessHandle.of(Long.parseLong(number)))
			.filter(ProcessHandle::isAlive);
	}

	void configure(Map<String, String> settings) throws IOException {
		Map<String, String> all = new TreeMap<>(DEFAULTS);
		all.putAll(settings);
		Files.writeString(data().resolve(SETTINGS),
				all.entrySet()
					.stream()
					.map((setting) -> setting.getKey() + " = '" + setting.getValue() + "'\n")
					.collect(Collectors.joining("", "# Written at every start of Belfry.\n", "")));
	}

	private void create(String password) throws IOException {
		Path unfinished = this.directory.resolve("data.unfinished");
		FileSystemUtils.deleteRecursively(unfinished);
		initialize(unfinished);
		createDatabase(unfinished, password);
		Files.writeString(unfinished.resolve("postgresql.conf"), "\ninclude '" + SETTINGS + "'\n",
				StandardOpenOption.APPEND);
		Files.writeString(unfinished.resolve("pg_hba.conf"), "host all " + NAME + " 127.0.0.1/32 scram-sha-256\n");
		Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
	}

	/** Sorts and compares the same on every machine, whatever locales that has. */
	private void initialize(Path data) {
		this.programs.run("initdb", "--pgdata=" + data, "--username=postgres", "--auth=reject", "--encoding=UTF8",
				"--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--text-search-config=simple",
				"--no-instructions");
	}

	/**
	 * Only this user can log in, and only with the password; PostgreSQL's own superuser
	 * cannot.
	 */
	private void createDatabase(Path data, String password) {
		this.programs.feed("""
				CREATE ROLE %1$s LOGIN CREATEDB IN ROLE pg_monitor PASSWORD '%2$s'
				CREATE DATABASE %1$s OWNER %1$s
				""".formatted(NAME, password), "postgres", "--single", "-D", data.toString(), "-c",
				"log_min_error_statement=panic", "-c", "exit_on_error=on", "postgres");
	}

}
