package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/** Commands of processes that tests and benchmarks start, and ports for them. */
public final class Programs {

	private Programs() {
	}

	/** A program of the JDK that runs the tests. */
	public static String jdk(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	/** For a JVM that does little more than start. */
	public static List<String> startsQuickly(String heap) {
		return List.of("-Xmx" + heap, "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
				"-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");
	}

	/** Runs a class of the tests or of Belfry in a JVM of its own. */
	public static List<String> java(List<String> options, String main, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(jdk("java"));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
		command.addAll(arguments);
		return command;
	}

	/** What a command prints; it must not fail. */
	public static String run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException(command.get(0) + " failed: " + answer);
		}
		return answer;
	}

	/** Waits until a server is ready; one that does not get so far in time is ended. */
	public static void awaitReady(Process server, Path log, Duration most, Callable<Boolean> ready) {
		try {
			Awaitility.await("a server that says why it does not start in " + log)
				.atMost(most)
				.failFast(() -> !server.isAlive())
				.until(ready);
		}
		catch (RuntimeException ex) {
			server.destroyForcibly();
			throw ex;
		}
	}

	/** Whether a server answers JSON that is posted to it with 200. */
	public static boolean answers(int port, String path, String json) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path)
				.toURL()
				.openConnection();
			connection.setRequestProperty("Content-Type", "application/json");
			connection.setDoOutput(true);
			connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
			return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
		}
		catch (IOException notYet) {
			return false;
		}
	}

	/** A port that nobody listens at just now. */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
