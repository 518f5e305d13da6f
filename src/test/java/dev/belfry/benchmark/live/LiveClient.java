package dev.belfry.benchmark.live;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The client's process: does what each line on its input says, and answers with a line.
 * {@link ClientProcess} is its other end.
 */
final class LiveClient {

	private final Emissions emissions = new Emissions();

	private final Sockets sockets = new Sockets(this.emissions);

	private LiveClient() {
	}

	public static void main(String[] arguments) throws Exception {
		LiveClient client = new LiveClient();
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println(client.answer(line.split(" ")));
		}
		System.exit(0);
	}

	private String answer(String[] words) {
		try {
			return "done " + run(words[0], Arrays.asList(words).subList(1, words.length));
		}
		catch (Exception ex) {
			return "failed " + ex.toString().replace('\n', ' ');
		}
	}

	private String run(String command, List<String> words) throws Exception {
		return switch (command) {
			case "open" -> open(words);
			case "emit" -> Long.toString(
					this.emissions.emit(new Target(number(words, 0), words.get(1)), new Emissions.Rate(number(words, 2),
							number(words, 3), number(words, 4), number(words, 5), Double.parseDouble(words.get(6)))));
			case "clear" -> {
				this.sockets.clear();
				yield "";
			}
			case "await" -> this.sockets.await(number(words, 0)).line();
			case "close" -> {
				this.sockets.close();
				yield "";
			}
			default -> throw new IllegalArgumentException(command);
		};
	}

	/**
	 * Port, kind, whether GraphQL is spoken, patience, a file of accounts with tokens.
	 */
	private String open(List<String> words) throws Exception {
		Subscriber.Kind kind = Subscriber.Kind.valueOf(words.get(1));
		boolean speaksGraphQl = Boolean.parseBoolean(words.get(2));
		List<Subscriber> subscribers = Files.readAllLines(Path.of(words.get(4)))
			.stream()
			.map((line) -> line.split(" "))
			.map((line) -> new Subscriber(kind, speaksGraphQl, line[0], line[1]))
			.toList();
		this.sockets.open(number(words, 0), subscribers, number(words, 3));
		return "";
	}

	private static int number(List<String> words, int index) {
		return Integer.parseInt(words.get(index));
	}

}
