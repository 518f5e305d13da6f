package dev.belfry.embedded.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.belfry.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresServerTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String PASSWORD = "secret";

	@TempDir
	private static Path directory;

	private static int port;

	private @Nullable PostgresServer server;

	@BeforeAll
	static void findPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void isDurableAndAcceptsOneUserWithItsPassword() throws Exception {
		start();

		assertThat(ask("show fsync")).isEqualTo("on");
		assertThat(ask("show synchronous_commit")).isEqualTo("on");
		assertThat(ask("show server_version_num")).startsWith("18");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect("belfry", "wrong").close());
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect("postgres", PASSWORD).close());
	}

	@Test
	void startsAgainWithAllThatWasCommittedAfterBelfryWasKilled() throws Exception {
		Process belfry = startInAnotherJvm();
		run("create table kept as select 42 as answer");
		ProcessHandle left = postgres();

		belfry.destroyForcibly().waitFor();
		assertThat(left.isAlive()).isTrue();
		start();

		awaitEnd(left);
		assertThat(ask("select answer from kept")).isEqualTo("42");
	}

	@Test
	void startsAgainAfterBothWereKilled() throws Exception {
		Process belfry = startInAnotherJvm();
		run("create table kept_too as select 43 as answer");

		belfry.destroyForcibly().waitFor();
		postgres().destroyForcibly();
		start();

		assertThat(ask("select answer from kept_too")).isEqualTo("43");
	}

	@Test
	void comesBackWhenItIsKilled() throws Exception {
		start();
		ProcessHandle first = postgres();

		first.destroyForcibly();

		Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> postgres().pid() != first.pid());
		Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> ask("select 1").equals("1"));
	}

	@Test
	void isGoneOnceItIsStopped() throws Exception {
		start();
		ProcessHandle running = postgres();

		stop();

		awaitEnd(running);
		assertThat(processFile()).doesNotExist();
	}

	@Test
	void isNotMisledByAProcessFileThatNamesAnotherProgram() throws Exception {
		start();
		stop();
		Files.writeString(processFile(), ProcessHandle.current().pid() + "\n");

		start();

		assertThat(ask("select 1")).isEqualTo("1");
	}

	@Test
	void isNotMisledByAnEmptyProcessFile() throws Exception {
		start();
		stop();
		Files.createFile(processFile());

		start();

		assertThat(ask("select 1")).isEqualTo("1");
	}

	@Test
	void saysWhatItsProgramsSaidWhenItDoesNotStart() throws Exception {
		ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());

		try (taken) {
			assertThatExceptionOfType(PostgresFailed.class).isThrownBy(this::start)
				.withMessageStartingWith("pg_ctl failed: ")
				.withMessageContaining("could not start server");
		}
	}

	private void start() throws IOException {
		this.server = PostgresServer.start(directory, PASSWORD, Map.of("port", Integer.toString(port)));
	}

	private static void awaitEnd(ProcessHandle process) {
		Awaitility.await().atMost(SOON).until(() -> !process.isAlive());
	}

	private static Path processFile() {
		return directory.resolve("data/postmaster.pid");
	}

	private static Process startInAnotherJvm() throws IOException {
		Process belfry = new ProcessBuilder(
				Programs.java(List.of(), Killed.class.getName(), List.of(directory.toString(), Integer.toString(port))))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		assertThat(belfry.inputReader().lines().anyMatch("started"::equals)).isTrue();
		return belfry;
	}

	private static ProcessHandle postgres() throws IOException {
		String number = Files.readAllLines(processFile()).get(0);
		return ProcessHandle.of(Long.parseLong(number)).orElseThrow();
	}

	private static void run(String sql) throws SQLException {
		try (Connection connection = connect("belfry", PASSWORD); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String ask(String sql) throws SQLException {
		try (Connection connection = connect("belfry", PASSWORD);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

	private static Connection connect(String user, String password) throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/belfry", user, password);
	}

	/** A Belfry that will not live long. */
	static class Killed {

		public static void main(String[] arguments) throws Exception {
			PostgresServer.start(Path.of(arguments[0]), PASSWORD, Map.of("port", arguments[1]));
			System.out.println("started");
			Thread.currentThread().join();
		}

	}

}
