package dev.belfry.benchmark;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.belfry.testing.Programs;

/**
 * Requests that a {@link LoadClient} sends again and again, one after the other.
 *
 * @param aSecond 0 for as many as can be
 * @param connections on each of which one request is answered at a time
 */
public record Stream(Path file, double aSecond, int connections) {

	private static final JsonMapper JSON = new JsonMapper();

	/** Of requests by their tokens, documents and variables. */
	public static Stream of(List<Request> requests, double aSecond, int connections) throws IOException {
		Path file = Files.createTempFile("belfry-stream", ".bin");
		file.toFile().deleteOnExit();
		try (DataOutputStream output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
			output.writeInt(requests.size());
			for (Request request : requests) {
				byte[] bytes = request.bytes();
				output.writeInt(bytes.length);
				output.write(bytes);
			}
		}
		return new Stream(file, aSecond, connections);
	}

	public Stream at(double aSecond, int connections) {
		return new Stream(this.file, aSecond, connections);
	}

	/** Sends all of them for some seconds, and answers how each went. */
	public static List<Outcome> send(int port, int seconds, Stream... streams)
			throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of(Integer.toString(port), Integer.toString(seconds)));
		for (Stream stream : streams) {
			arguments.addAll(List.of(stream.file().toString(), Double.toString(stream.aSecond()),
					Integer.toString(stream.connections())));
		}
		return Programs
			.run(Programs.java(List.of("-Xmx512m", "-Xss256k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
					LoadClient.class.getName(), arguments))
			.lines()
			.filter((line) -> line.matches("[\\d. ]+"))
			.map(Outcome::of)
			.toList();
	}

	/** One request. */
	public record Request(String token, String document, Map<String, Object> variables) {

		byte[] bytes() {
			byte[] body = JSON.writeValueAsBytes(Map.of("query", this.document, "variables", this.variables));
			String head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
					+ "Accept: application/json\r\nAuthorization: Bearer " + this.token + "\r\nContent-Length: "
					+ body.length + "\r\n\r\n";
			return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
		}

	}

	/**
	 * How it went.
	 *
	 * @param others that were neither accepted nor refused
	 * @param p50 milliseconds to an accepted answer, as p99
	 */
	public record Outcome(int sent, int accepted, int overloaded, int rateLimited, int others, double p50, double p99) {

		private static Outcome of(String line) {
			String[] words = line.trim().split(" ");
			return new Outcome(number(words[0]), number(words[1]), number(words[2]), number(words[3]), number(words[4]),
					Double.parseDouble(words[5]), Double.parseDouble(words[6]));
		}

		private static int number(String word) {
			return Integer.parseInt(word);
		}

	}

}
