package dev.belfry.benchmark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.ClientSamples;
import dev.belfry.testing.Programs;

/** Calls of intake, written beforehand and sent by an {@link IntakeClient}. */
public final class Bodies implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final Path file;

	private final DataOutputStream output;

	private final String document;

	private int expected;

	private Bodies(Path file, DataOutputStream output, String document) {
		this.file = file;
		this.output = output;
		this.document = document;
	}

	/** So many calls of an operation of the client samples. */
	public static Bodies of(String operation, int number) throws IOException {
		Path file = Files.createTempFile("belfry-bodies", ".bin");
		DataOutputStream output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
		output.writeInt(number);
		return new Bodies(file, output, ClientSamples.document(operation));
	}

	/** Adds a call with a list of completions or events, all of which are new. */
	public void add(String account, String list, List<Map<String, Object>> items) throws IOException {
		byte[] body = JSON.writeValueAsBytes(
				Map.of("query", this.document, "variables", Map.of("input", Map.of("account", account, list, items))));
		this.output.writeInt(body.length);
		this.output.write(body);
		this.expected += items.size();
	}

	/** Sends all as fast as clients can. */
	public Sent send(BelfryJar belfry, int clients) throws IOException, InterruptedException {
		return send(belfry, clients, 0);
	}

	/** Sends so many calls a second; each must have been recorded in the end. */
	public Sent send(BelfryJar belfry, int clients, double aSecond) throws IOException, InterruptedException {
		this.output.close();
		String[] answer = Programs.run(Programs.java(List.of("-Xmx1g", "-XX:+UseSerialGC"),
				IntakeClient.class.getName(), List.of(Integer.toString(belfry.port()), Integer.toString(clients),
						belfry.token(), this.file.toString(), Double.toString(aSecond))))
			.trim()
			.split(" ");
		if (Long.parseLong(answer[1]) != this.expected) {
			throw new IllegalStateException(answer[1] + " of " + this.expected + " were recorded.");
		}
		return new Sent(this.expected * 1e9 / Long.parseLong(answer[0]), Long.parseLong(answer[2]));
	}

	@Override
	public void close() throws IOException {
		this.output.close();
		Files.delete(this.file);
	}

	/**
	 * How it went.
	 *
	 * @param rate completions or events a second
	 * @param late how many milliseconds late the latest call was sent
	 */
	public record Sent(double rate, long late) {
	}

}
