package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import graphql.schema.idl.SchemaPrinter;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schema without its descriptions is what clients are built on, so a change of it is
 * made twice: in the schema and in the contract, where a reviewer sees it.
 */
class SchemaContractTests {

	private static final Path CONTRACT = Path.of("src/test/resources/schema-contract.graphqls");

	private static final Path TODAY = Path.of("target/schema-contract.graphqls");

	private static final Pattern DESCRIPTION = Pattern.compile("(?m)^\\s*#.*\\R");

	private static final Pattern ARGUMENTS = Pattern.compile("\\(([^()]*)\\)");

	@Test
	void changesOnlyWithTheContract() throws IOException {
		String today = printed();
		Files.writeString(TODAY, today);

		assertThat(today).as("If this change of the schema is meant, copy %s to %s", TODAY, CONTRACT)
			.isEqualTo(Files.readString(CONTRACT));
	}

	/** Types and fields by name; a description more or less changes nothing. */
	private static String printed() {
		String schema = new SchemaPrinter(
				SchemaPrinter.Options.defaultOptions().includeScalarTypes(true).descriptionsAsHashComments(true))
			.print(SchemaFiles.schema());
		return ARGUMENTS.matcher(DESCRIPTION.matcher(schema).replaceAll(""))
			.replaceAll((arguments) -> "(" + arguments.group(1).strip().replaceAll(",?\\s*\\R\\s*", ", ") + ")");
	}

}
