package dev.belfry.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The README lists each setting, and no other. */
class SettingsTableTests {

	/** Belfry sets them itself. */
	private static final Set<String> INTERNAL = Set.of("belfry.embedded", "belfry.training");

	/** In the first sentence of the README that is about the demo. */
	private static final Set<String> IN_A_SENTENCE = Set.of("belfry.demo.activity");

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	@Test
	void listsAllSettings() throws IOException {
		Collection<String> known = new TreeSet<>(KnownSettings.read().names());
		known.removeAll(INTERNAL);
		known.removeAll(IN_A_SENTENCE);

		assertThat(listed()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
	}

	/** In the metadata, for editors. */
	@Test
	void describesEachSetting() throws IOException {
		JsonNode metadata = new JsonMapper()
			.readTree(new ClassPathResource("META-INF/spring-configuration-metadata.json").getContentAsByteArray());

		assertThat(metadata.path("properties").valueStream()).hasSizeGreaterThan(70)
			.allSatisfy((each) -> assertThat(each.path("description").asString("")).as(each.toString()).isNotEmpty());
	}

	/** A name that begins with a dot is beside the one before it. */
	private static List<String> listed() throws IOException {
		List<String> listed = new ArrayList<>();
		for (String row : table()) {
			List<String> names = NAME.matcher(row.split("\\|")[1])
				.results()
				.map((MatchResult found) -> found.group(1))
				.toList();
			names.forEach((name) -> listed.add(name.startsWith(".") ? parent(names.get(0)) + name : name));
		}
		return listed.stream().filter((name) -> name.startsWith("belfry.")).toList();
	}

	private static List<String> table() throws IOException {
		return Files.readAllLines(Path.of("README.md"))
			.stream()
			.dropWhile((line) -> !line.startsWith("| setting | default |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
	}

	private static String parent(String name) {
		return name.substring(0, name.lastIndexOf('.'));
	}

}
