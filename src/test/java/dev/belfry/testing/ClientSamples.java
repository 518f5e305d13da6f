package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the client samples. */
public final class ClientSamples {

	private ClientSamples() {
	}

	/** All of them, by their names. */
	public static List<String> documents() {
		try (Stream<Path> files = Files.list(Path.of("client-samples", "operations"))) {
			return files.sorted()
				.map((file) -> document(file.getFileName().toString().replace(".graphql", "")))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A document by its name. */
	public static String document(String name) {
		try {
			return Files.readString(Path.of("client-samples", "operations", name + ".graphql"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
