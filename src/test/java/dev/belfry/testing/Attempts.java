package dev.belfry.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The ledger of what clients attempt: each attempt is written down with its outcome and
 * how long that took, before anybody looks at the server. Each client makes one call
 * after the other, and repeats a call under its key until it is known to have succeeded.
 */
public final class Attempts implements AutoCloseable {

	/** Promise 36: so long an answer may take, whatever the database does. */
	public static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

	/** What a client knows of an attempt. */
	public enum Outcome {

		/** Answered without errors. */
		OK,
		/** Answered with {@code UNAVAILABLE}. */
		REFUSED,
		/** Answered with another error, or not at all. */
		UNKNOWN

	}

	private final Call call;

	private final Path file;

	private final BufferedWriter writer;

	private final List<Attempt> all = new ArrayList<>();

	private final List<Thread> clients = new ArrayList<>();

	private volatile boolean over;

	private volatile boolean abandoned;

	private boolean closed;

	private Attempts(Call call, Path file) throws IOException {
		this.call = call;
		this.file = file;
		this.writer = Files.newBufferedWriter(file);
	}

	/** Clients that log completions of an account; the key is the {@code runId}. */
	public static Attempts toRecord(String account, int clients, int... ports) {
		return start(
				(port, key) -> Http.at(port)
					.token(TestTokens.platform())
					.run("recordJobCompletions", Map.of("input",
							Map.of("account", account, "completions", List.of(Completions.one(key, "SUCCEEDED"))))),
				clients, ports);
	}

	/**
	 * The SQL by which the database tells what such clients have logged for an account.
	 */
	public static String recordedFor(String account) {
		return "select n.run_id from job_notification n join account a using (account_id) where a.external_id = '"
				+ account + "'";
	}

	/** Starts clients of nodes, each of whom takes turns with these. */
	public static Attempts start(Call call, int clients, int... ports) {
		try {
			Attempts attempts = new Attempts(call, Files.createTempFile("attempts", ".txt"));
			for (int i = 0; i < clients; i++) {
				Thread client = new Thread(() -> attempts.run(ports), "attempts-" + i);
				client.setDaemon(true);
				attempts.clients.add(client);
				client.start();
			}
			return attempts;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run(int[] ports) {
		int turn = 0;
		while (!this.over) {
			String key = "key-" + UUID.randomUUID();
			while (attempt(key, ports[turn++ % ports.length]) != Outcome.OK && !this.abandoned) {
				pause();
			}
		}
	}

	private Outcome attempt(String key, int port) {
		long start = System.nanoTime();
		String answer;
		try {
			answer = this.call.send(port, key).code();
		}
		catch (RuntimeException unanswered) {
			answer = unanswered.toString();
		}
		Attempt attempt = new Attempt(key, outcome(answer), answer, Duration.ofNanos(System.nanoTime() - start));
		write(attempt);
		return attempt.outcome();
	}

	private static Outcome outcome(String answer) {
		if (answer.isEmpty()) {
			return Outcome.OK;
		}
		return answer.equals("UNAVAILABLE") ? Outcome.REFUSED : Outcome.UNKNOWN;
	}

	private synchronized void write(Attempt attempt) {
		if (this.closed) {
			return;
		}
		this.all.add(attempt);
		try {
			this.writer.write(attempt + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** All attempts so far. */
	public synchronized List<Attempt> all() {
		return List.copyOf(this.all);
	}

	public long number(Outcome outcome) {
		return all().stream().filter((attempt) -> attempt.outcome() == outcome).count();
	}

	/** How long the slowest attempt took. */
	public Duration slowest() {
		return all().stream().map(Attempt::took).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/** Lets each client finish what it has begun, and answers the keys that succeeded. */
	public List<String> finish() {
		this.over = true;
		try {
			for (Thread client : this.clients) {
				client.join(Duration.ofMinutes(2).toMillis());
				if (client.isAlive()) {
					throw new IllegalStateException("An attempt has no end; see " + this.file);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return all().stream().filter((attempt) -> attempt.outcome() == Outcome.OK).map(Attempt::key).toList();
	}

	/** Likewise, but nothing is tried again: the node is gone. */
	public List<String> abandon() {
		this.abandoned = true;
		return finish();
	}

	@Override
	public synchronized void close() {
		this.over = true;
		this.closed = true;
		try {
			this.writer.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Sends a call to a node. */
	public interface Call {

		Http.Answer send(int port, String key);

	}

	/** One attempt of one call. */
	public record Attempt(String key, Outcome outcome, String answer, Duration took) {
	}

}
