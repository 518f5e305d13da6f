package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** PostgreSQL's own programs (initdb, pg_ctl, postgres), each run to its end. */
final class PostgresPrograms {

	private final Path home;

	private final Path output;

	private final Unprivileged user;

	PostgresPrograms(Path home, Path output, Unprivileged user) {
		this.home = home;
		this.output = output;
		this.user = user;
	}

	/** Where the programs themselves are. */
	Path home() {
		return this.home;
	}

	void run(String program, String... arguments) {
		feed("", program, arguments);
	}

	/** Runs a program and gives it the text to read. */
	void feed(String input, String program, String... arguments) {
		try {
			// Into a file, because a server started this way would keep a pipe open.
			Process process = builder(program, List.of(arguments)).redirectErrorStream(true)
				.redirectOutput(this.output.toFile())
				.start();
			try (OutputStream reader = process.getOutputStream()) {
				reader.write(input.getBytes(StandardCharsets.UTF_8));
			}
			check(program, process.waitFor());
		}
		catch (IOException ex) {
			throw new PostgresFailed(program + " cannot be run: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PostgresFailed(program + " was interrupted", ex);
		}
	}

	/**
	 * Starts the server and waits until it accepts connections, after a crash until it
	 * has recovered.
	 */
	void start(PostgresCluster cluster, Path log) {
		run("pg_ctl", "--pgdata=" + cluster.data(), "--log=" + log, "--timeout=600", "--wait", "start");
	}

	/** Stops the server and waits until it has ended. */
	void stop(PostgresCluster cluster, String mode) {
		run("pg_ctl", "--pgdata=" + cluster.data(), "--mode=" + mode, "--timeout=30", "--wait", "stop");
	}

	private ProcessBuilder builder(String program, List<String> arguments) {
		ProcessBuilder builder = new ProcessBuilder(
				this.user.command(this.home.resolve("bin").resolve(program), arguments));
		Map<String, String> environment = builder.environment();
		environment.keySet().removeIf((name) -> name.startsWith("PG") || name.startsWith("LC_"));
		environment.putAll(Map.of("TZ", "UTC", "LC_ALL", "C"));
		return builder;
	}

	private void check(String program, int status) throws IOException {
		if (status != 0) {
			throw new PostgresFailed(program + " failed: " + Files.readString(this.output).strip(), null);
		}
	}

}
