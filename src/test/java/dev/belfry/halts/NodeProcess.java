package dev.belfry.halts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import dev.belfry.testing.Programs;

/** A {@link BareNode} in a JVM of its own. */
final class NodeProcess implements AutoCloseable {

	/** Long enough for a start on a machine that is busy otherwise. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What all nodes log. */
	static final File LOG = new File("target/bare-nodes-" + ProcessHandle.current().pid() + ".log");

	private final Process process;

	private final BufferedReader answers;

	private NodeProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader();
	}

	/** Launches a node, which need not be waited for. */
	static NodeProcess launch(List<String> settings) {
		try {
			return new NodeProcess(new ProcessBuilder(
					Programs.java(Programs.startsQuickly("128m"), BareNode.class.getName(), settings))
				.redirectError(ProcessBuilder.Redirect.appendTo(LOG))
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lets it work, and does not wait until it does. */
	void start() {
		tell(BareNode.START);
	}

	/** Lets it look for overdue jobs, and does not wait until it does. */
	void look() {
		tell(BareNode.LOOK);
	}

	/** Returns when it has no e-mail in hand any more. */
	void stop() {
		tell(BareNode.STOP);
		awaitDone();
	}

	/** Before its start. Returns when it is ready for that. */
	void haltAt(Step step, int time) {
		tell(step.name() + " " + time);
		awaitDone();
	}

	boolean hasEnded() {
		return !this.process.isAlive();
	}

	int exitCode() {
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		Awaitility.await().atMost(PATIENCE).until(this::hasEnded);
	}

	private void tell(String line) {
		try {
			this.process.outputWriter().write(line + "\n");
			this.process.outputWriter().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitDone() {
		String answer = CompletableFuture.supplyAsync(this::answer)
			.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
			.join();
		if (!BareNode.DONE.equals(answer)) {
			throw new IllegalStateException("A node answered " + answer + "; see " + LOG);
		}
	}

	private String answer() {
		try {
			return this.answers.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
