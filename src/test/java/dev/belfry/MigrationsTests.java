package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has a version is never edited once it is released, and what is repeatable changes
 * together with a version: nodes tell by it which of them is newer.
 */
class MigrationsTests {

	private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

	/** As sha256sum writes it; nothing before the first release. */
	private static final Path RELEASED = Path.of("src/test/resources/released-migrations.txt");

	private static final Pattern FUNCTION = Pattern.compile("(?m)^create (or replace )?function (\\w+\\([^)]*\\))");

	private static final Pattern STATEMENT = Pattern
		.compile("(?m)^(?:create|alter|drop|insert|update|delete|comment|do)\\b.*");

	@Test
	void functionsAreRepeatableAndDefinedOnce() throws IOException {
		List<String> repeatable = new ArrayList<>();
		List<String> versioned = new ArrayList<>();
		for (Map.Entry<String, String> migration : texts().entrySet()) {
			List<String> functions = migration.getKey().startsWith("R") ? repeatable : versioned;
			FUNCTION.matcher(migration.getValue()).results().forEach((function) -> functions.add(function.group(2)));
		}

		// Indexes are made by the one that has a version.
		assertThat(versioned).containsExactly("bucket_of(p_account bigint)");
		assertThat(repeatable).hasSizeGreaterThan(50).doesNotHaveDuplicates().doesNotContainAnyElementsOf(versioned);
	}

	@Test
	void repeatablesHoldNothingButFunctions() throws IOException {
		Stream<String> statements = texts().entrySet()
			.stream()
			.filter((migration) -> migration.getKey().startsWith("R"))
			.flatMap((migration) -> STATEMENT.matcher(migration.getValue().replaceAll("(?s)\\$\\$.*?\\$\\$;", ";"))
				.results()
				.map((statement) -> statement.group()));

		assertThat(statements).isNotEmpty()
			.allMatch((statement) -> statement.startsWith("create or replace function "));
	}

	@Test
	void whatIsReleasedStaysAndFunctionsChangeWithAVersion() throws IOException {
		assertThat(problems(released(), present())).isEmpty();
	}

	@Test
	void findsWhatHasChangedSinceTheRelease() {
		Map<String, String> released = Map.of("V1__a.sql", "1", "V2__b.sql", "1", "R__01_a.sql", "1");

		assertThat(problems(released, Map.of("V1__a.sql", "1", "V2__b.sql", "1", "R__01_a.sql", "1"))).isEmpty();
		assertThat(problems(released, Map.of("V1__a.sql", "2", "V2__b.sql", "1", "R__01_a.sql", "1")))
			.containsExactly("V1__a.sql is released, and differs");
		assertThat(problems(released, Map.of("V1__a.sql", "1", "V2__b.sql", "1", "R__01_a.sql", "2")))
			.containsExactly("R__01_a.sql differs, without a version after 2");
		assertThat(
				problems(released, Map.of("V1__a.sql", "1", "V2__b.sql", "1", "R__01_a.sql", "1", "R__02_b.sql", "1")))
			.containsExactly("R__02_b.sql differs, without a version after 2");
		assertThat(
				problems(released, Map.of("V1__a.sql", "1", "V2__b.sql", "1", "V10__c.sql", "1", "R__01_a.sql", "2")))
			.isEmpty();
	}

	/** What must not be, by the names of migrations with their checksums. */
	private static List<String> problems(Map<String, String> released, Map<String, String> present) {
		int newest = newest(released);
		boolean isNewer = released.isEmpty() || newest(present) > newest;
		Stream<String> edited = released.keySet()
			.stream()
			.filter((name) -> name.startsWith("V") && !released.get(name).equals(present.get(name)))
			.map((name) -> name + " is released, and differs");
		Stream<String> replaced = Stream.concat(released.keySet().stream(), present.keySet().stream())
			.distinct()
			.filter((name) -> name.startsWith("R") && !isNewer
					&& !present.getOrDefault(name, "").equals(released.get(name)))
			.map((name) -> name + " differs, without a version after " + newest);
		return Stream.concat(edited, replaced).sorted().toList();
	}

	private static int newest(Map<String, String> migrations) {
		return migrations.keySet()
			.stream()
			.filter((name) -> name.startsWith("V"))
			.mapToInt((name) -> Integer.parseInt(name.replaceAll("V(\\d+)__.*", "$1")))
			.max()
			.orElse(0);
	}

	private static Map<String, String> released() throws IOException {
		return Files.readAllLines(RELEASED)
			.stream()
			.map((line) -> line.split(" +"))
			.collect(Collectors.toMap((line) -> line[1], (line) -> line[0]));
	}

	private static Map<String, String> present() throws IOException {
		return texts().entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (migration) -> checksum(migration.getValue())));
	}

	private static Map<String, String> texts() throws IOException {
		Map<String, String> texts = new TreeMap<>();
		try (Stream<Path> files = Files.list(MIGRATIONS)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				texts.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		return texts;
	}

	private static String checksum(String text) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
