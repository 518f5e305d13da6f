package dev.belfry.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.belfry.testing.Programs;

/**
 * A part of a benchmark in a JVM of its own, which is told lines and answers with lines.
 */
public final class LineProcess implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 180;

	private final Process process;

	private final BufferedWriter input;

	private final BufferedReader output;

	private LineProcess(Process process) {
		this.process = process;
		this.input = process.outputWriter();
		this.output = process.inputReader();
	}

	public static LineProcess start(Class<?> main, String... arguments) throws IOException {
		List<String> options = List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC");
		return new LineProcess(new ProcessBuilder(Programs.java(options, main.getName(), List.of(arguments)))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	public void say(String line) throws IOException {
		this.input.write(line + "\n");
		this.input.flush();
	}

	/** Waits for the next line of the process. */
	public String hear() throws IOException, InterruptedException {
		try {
			String line = CompletableFuture.supplyAsync(this::read).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (line.isEmpty()) {
				throw new IOException("The process has ended.");
			}
			return line;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException(ex);
		}
	}

	private String read() {
		try {
			String line = this.output.readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
