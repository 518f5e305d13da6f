package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of the last release ask still has an answer. What is to go is deprecated
 * in one release and taken out of the kept schema two minor releases later, as
 * CONTRIBUTING says.
 */
class ReleasedSchemaTests {

	private static final Path RELEASED = Path.of("src/test/resources/released-schema.graphqls");

	private static final Path PRESENT = Path.of("src/test/resources/schema-contract.graphqls");

	@Test
	void breaksNothingThatIsReleased() throws IOException {
		assertThat(breakages(Files.readString(RELEASED), Files.readString(PRESENT))).isEmpty();
	}

	@Test
	void findsWhatWouldBreakClients() throws IOException {
		String released = Files.readString(RELEASED);
		Map<String, String> changes = Map.of("  unseenCount: Int!\n", "", "unseenCount: Int!", "unseenCount: Int",
				"  FAILED\n", "", "first: Int", "first: Int!");

		changes.forEach((before, after) -> {
			assertThat(released).contains(before);
			assertThat(breakages(released, released.replaceFirst(Pattern.quote(before), after))).as(before)
				.isNotEmpty();
		});
	}

	private static List<String> breakages(String released, String present) {
		CapturingReporter found = new CapturingReporter();
		new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromSdl(released, present), found);
		return found.getBreakages().stream().map(DiffEvent::toString).toList();
	}

}
