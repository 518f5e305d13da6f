package dev.belfry.graphql.execution;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import graphql.parser.InvalidSyntaxException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DocumentsTests {

	@Test
	void takesAsManyFragmentsAsAFrontendHas() {
		assertThat(Documents.parse(chain(Documents.MOST_FRAGMENTS)).getDefinitions())
			.hasSize(1 + Documents.MOST_FRAGMENTS);
	}

	/** Validation took 13 s for a chain of 500. */
	@Test
	void refusesMoreFragmentsBeforeTheyAreValidated() {
		assertThatExceptionOfType(InvalidSyntaxException.class)
			.isThrownBy(() -> Documents.parse(chain(Documents.MOST_FRAGMENTS + 1)))
			.withMessage("A document may have at most 100 fragments.")
			.satisfies((refused) -> assertThat(refused.getLocation().getLine()).isEqualTo(102));
	}

	@Test
	void countsTheFragmentsOfEachDocumentAlone() {
		for (int i = 0; i < 3; i++) {
			assertThat(Documents.parse(chain(60)).getDefinitions()).hasSize(61);
		}
	}

	@Test
	void refusesNumbersThatTakeTimeToRead() {
		assertThatExceptionOfType(InvalidSyntaxException.class)
			.isThrownBy(() -> Documents.parse("{ a(b: " + "1".repeat(1_001) + ") }"))
			.withMessage("A number may have at most 1000 characters.");
	}

	private static String chain(int fragments) {
		return "{ bell { ...f1 } }\n" + IntStream.rangeClosed(1, fragments)
			.mapToObj((i) -> "fragment f" + i + " on Bell { unseen " + ((i < fragments) ? "...f" + (i + 1) : "") + "}")
			.collect(Collectors.joining("\n"));
	}

}
