package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;

/** The schema as its files have it, without anything that runs it. */
public final class SchemaFiles {

	private SchemaFiles() {
	}

	public static GraphQLSchema schema() {
		TypeDefinitionRegistry types = new TypeDefinitionRegistry();
		paths().forEach((path) -> types.merge(new SchemaParser().parse(read(path))));
		return UnExecutableSchemaGenerator.makeUnExecutableSchema(types);
	}

	public static List<Path> paths() {
		try (Stream<Path> files = Files.list(Path.of("schema"))) {
			return files.filter((path) -> path.toString().endsWith(".graphqls")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static String read(Path path) {
		try {
			return Files.readString(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
