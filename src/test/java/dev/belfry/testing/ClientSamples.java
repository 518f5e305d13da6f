package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documents of the client samples. */
public final class ClientSamples {

	private ClientSamples() {
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
