package dev.belfry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What Belfry promises, and which tests hold it, is written down and stays true. */
class PromiseTests {

	private static final int MOST = 39;

	private static final Pattern PROMISE = Pattern.compile("(?m)^\\| (\\d+) \\| (.+) \\| (.+) \\|$");

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	private static final Set<String> SOURCES = sources();

	@Test
	void numbersThemWithoutAHole() {
		List<Integer> numbers = promises().map(Promise::number).toList();

		assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, MOST).boxed().toList());
	}

	@Test
	void namesTestsThatExist() {
		assertThat(promises()).allSatisfy(
				(promise) -> assertThat(SOURCES).as("Promise %s", promise.number()).containsAll(promise.tests()));
	}

	@Test
	void saysOfEachWhichTestHoldsItOrThatNoneDoes() {
		assertThat(promises()).allMatch((promise) -> !promise.tests().isEmpty() || promise.isNotYetHeld());
	}

	private static Stream<Promise> promises() {
		try {
			return PROMISE.matcher(Files.readString(Path.of("docs/promises.md"))).results().map(Promise::of);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The names of the classes in the sources of tests. */
	private static Set<String> sources() {
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java"))
				.map((name) -> name.replace(".java", ""))
				.collect(Collectors.toUnmodifiableSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A line of the tables. */
	private record Promise(int number, String heldBy) {

		static Promise of(MatchResult line) {
			return new Promise(Integer.parseInt(line.group(1)), line.group(3));
		}

		List<String> tests() {
			return TEST.matcher(this.heldBy).results().map((name) -> name.group(1)).toList();
		}

		boolean isNotYetHeld() {
			return this.heldBy.contains("Not yet");
		}

	}

}
