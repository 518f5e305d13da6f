package dev.belfry.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A public client in a Node process of its own that follows the log of an account, and
 * tells what it hears.
 */
final class Follower implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	private Follower(Process process) {
		this.process = process;
	}

	/**
	 * Starts one.
	 * @param mistake what it does wrong on its first connection; empty for nothing
	 */
	static Follower start(String client, int port, TokenShop tokens, String since, String mistake) {
		ProcessBuilder script = new ProcessBuilder("node", "client-samples/node/interop/follow.mjs", client,
				"http://127.0.0.1:" + port, tokens.url(), since, mistake)
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		try {
			Follower follower = new Follower(script.start());
			Thread reader = new Thread(follower::read, "follower-" + client);
			reader.setDaemon(true);
			reader.start();
			return follower;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The runs that it was given, in order and as often as it was given them. */
	List<String> runs() {
		return this.lines.stream().filter((line) -> line.run() != null).map(Line::run).toList();
	}

	/** What it said of its connection, in order. */
	List<String> states() {
		return this.lines.stream().filter((line) -> line.state() != null).map(Line::state).toList();
	}

	/** Why it waited or gave up, in order. */
	List<String> reasons() {
		return this.lines.stream().filter((line) -> line.reason() != null).map(Line::reason).toList();
	}

	/** What its application was told at the end; empty while it goes on. */
	List<String> ended() {
		return this.lines.stream().filter((line) -> line.ended() != null).map(Line::ended).toList();
	}

	Follower await(Predicate<Follower> condition) {
		Awaitility.await()
			.atMost(PublicClientTests.PATIENCE)
			.failFast("its process has ended", () -> !this.process.isAlive() && this.ended().isEmpty())
			.untilAsserted(() -> assertThat(this).matches(condition, "has come so far"));
		return this;
	}

	Follower awaitReason(String part) {
		return await((follower) -> follower.reasons().stream().anyMatch((reason) -> reason.contains(part)));
	}

	Follower awaitLive() {
		return await((follower) -> "live".equals(last(follower.states())));
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader()) {
			output.lines().forEach((line) -> this.lines.add(JSON.readValue(line, Line.class)));
		}
		catch (IOException | UncheckedIOException closed) {
			// Nobody listens any more.
		}
	}

	private static String last(List<String> states) {
		return states.isEmpty() ? "" : states.get(states.size() - 1);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	@Override
	public String toString() {
		return runs().size() + " runs, " + states() + ", " + reasons() + ", " + ended();
	}

	private record Line(String run, String state, String reason, String ended) {
	}

}
