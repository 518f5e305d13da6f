package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

/** The documents that clients copy fit the schema, and say what they are for. */
class ClientSamplesTests {

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	@ParameterizedTest
	@MethodSource("samples")
	void fitsTheSchema(Path sample) throws IOException {
		Document document = Parser.parse(Files.readString(sample));

		assertThat(new Validator().validateDocument(SCHEMA, document, java.util.Locale.ENGLISH)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("samples")
	void hasOneOperationWithTheNameOfItsFile(Path sample) throws IOException {
		Document document = Parser.parse(Files.readString(sample));

		assertThat(document.getDefinitionsOfType(OperationDefinition.class)).extracting(OperationDefinition::getName)
			.containsExactly(sample.getFileName().toString().replace(".graphql", ""));
	}

	@ParameterizedTest
	@MethodSource("samples")
	void saysAtItsTopWhatItIsFor(Path sample) throws IOException {
		String first = Files.readAllLines(sample).get(0);

		assertThat(first).startsWith("# ").endsWith(".").hasSizeGreaterThan(30);
	}

	@Test
	void usesEveryRootField() throws IOException {
		StringBuilder all = new StringBuilder();
		for (Path sample : samples().toList()) {
			all.append(Files.readString(sample));
		}

		List<String> fields = Stream.of(SCHEMA.getQueryType(), SCHEMA.getMutationType(), SCHEMA.getSubscriptionType())
			.flatMap((type) -> type.getFieldDefinitions().stream())
			.map((field) -> field.getName())
			.toList();
		assertThat(fields).allSatisfy((field) -> assertThat(all).containsPattern("\\n  " + field + "\\b"));
	}

	static Stream<Path> samples() throws IOException {
		return Files.list(Path.of("client-samples/operations")).sorted();
	}

}
