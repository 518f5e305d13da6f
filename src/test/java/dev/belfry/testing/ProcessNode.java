package dev.belfry.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.awaitility.Awaitility;

/** A node of Belfry in a JVM of its own, which can be killed at any instant. */
public final class ProcessNode implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(60);

	private final List<String> command;

	private final int port;

	private Process process;

	private ProcessNode(List<String> command, int port) {
		this.command = command;
		this.port = port;
	}

	public static ProcessNode start(String databaseUrl, String... properties) {
		ProcessNode node = launch(databaseUrl, properties);
		node.awaitReady();
		return node;
	}

	/** A node that may open no more files, connections among them, than so many. */
	public static ProcessNode startWithDescriptors(int descriptors, String databaseUrl, String... properties) {
		ProcessNode node = of(databaseUrl, properties);
		node.command.addAll(0, List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh"));
		node.start();
		return node;
	}

	/** Launches a node, which others can get ready beside. */
	public static ProcessNode launch(String databaseUrl, String... properties) {
		ProcessNode node = of(databaseUrl, properties);
		node.launch();
		return node;
	}

	private static ProcessNode of(String databaseUrl, String... properties) {
		int port = Programs.freePort();
		List<String> settings = new ArrayList<>(List.of("--server.port=" + port, "--spring.r2dbc.url=" + databaseUrl,
				"--spring.r2dbc.username=postgres", "--spring.r2dbc.password=postgres", "--belfry.shutdown.delay=0s",
				"--belfry.quotas.burst=1h", "--spring.security.oauth2.resourceserver.jwt.public-key-location="
						+ System.getProperty("spring.security.oauth2.resourceserver.jwt.public-key-location")));
		Arrays.stream(properties).map((property) -> "--" + property).forEach(settings::add);
		return new ProcessNode(Programs.java(Programs.startsQuickly("512m"), "dev.belfry.BelfryApplication", settings),
				port);
	}

	/** Starts the process, at the same port as before, and waits until it is ready. */
	public void start() {
		launch();
		awaitReady();
	}

	public void launch() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/node-" + this.port + ".log")))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void awaitReady() {
		Awaitility.await("node at port " + this.port).atMost(START).until(this::isReady);
	}

	public int port() {
		return this.port;
	}

	public long pid() {
		return this.process.pid();
	}

	/** {@code kill -9}. */
	public void kill() {
		this.process.destroyForcibly();
		Awaitility.await().atMost(START).until(() -> !this.process.isAlive());
	}

	/** {@code kill}: the node says farewell before it ends. */
	public void stop() {
		this.process.destroy();
		Awaitility.await().atMost(START).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() {
		if (this.process != null) {
			kill();
		}
	}

	private boolean isReady() {
		try {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/actuator/health/readiness"))
				.timeout(Duration.ofSeconds(2))
				.build();
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException notYet) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
