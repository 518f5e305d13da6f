package dev.belfry.benchmark.live;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.belfry.testing.Programs;

/** The client in a process of its own, and what it can be asked to do. */
final class ClientProcess implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 180;

	private final Process process;

	private final BufferedWriter input;

	private final BufferedReader output;

	private ClientProcess(Process process) {
		this.process = process;
		this.input = process.outputWriter();
		this.output = process.inputReader();
	}

	static ClientProcess start() throws IOException {
		return new ClientProcess(new ProcessBuilder(
				Programs.java(List.of("-Xms1g", "-Xmx2g", "-XX:+UseSerialGC"), LiveClient.class.getName(), List.of()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	/** Opens a socket for each subscriber, and waits until each has its first frame. */
	void open(LiveServer server, Subscriber.Kind kind, List<LiveServer.Person> people) throws IOException {
		Path file = Files.createTempFile("belfry-subscribers", ".txt");
		try {
			Files.write(file, people.stream().map((person) -> person.account() + " " + person.token()).toList());
			ask("open %d %s %s %d %s".formatted(server.port(), kind, server.speaksGraphQl(), PATIENCE_SECONDS, file));
		}
		finally {
			Files.delete(file);
		}
	}

	/** Answers how many milliseconds late the latest event was. */
	long emit(LiveServer server, Emissions.Rate rate) throws IOException {
		Target target = server.target();
		return Long.parseLong(ask("emit %d %s %d %d %d %d %s".formatted(target.port(), target.token(), rate.first(),
				rate.accounts(), rate.size(), rate.events(), rate.perSecond())));
	}

	/** Waits until each socket has all that was emitted. */
	Arrival await() throws IOException {
		return Arrival.of(ask("await " + PATIENCE_SECONDS));
	}

	/** Forgets what arrived. */
	void clear() throws IOException {
		ask("clear");
	}

	/** Emits what is not measured. */
	void settle(LiveServer server, Emissions.Rate rate) throws IOException {
		emit(server, rate);
		await();
		clear();
	}

	void closeSockets() throws IOException {
		ask("close");
	}

	private String ask(String line) throws IOException {
		this.input.write(line + "\n");
		this.input.flush();
		String answer = this.output.readLine();
		if (answer == null || !answer.startsWith("done ")) {
			throw new IOException(line.substring(0, line.indexOf(' ') + 1) + answer);
		}
		return answer.substring("done ".length());
	}

	@Override
	public void close() throws IOException {
		this.input.close();
		this.process.destroy();
	}

}
