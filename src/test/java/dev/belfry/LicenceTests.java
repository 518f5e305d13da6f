package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the jar may be given to others, by the bill of materials that the build
 * writes.
 */
class LicenceTests {

	/**
	 * That ask for no more than their text, or for the source of changes to the files
	 * that are theirs.
	 */
	private static final Set<String> GOOD = Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause",
			"EPL-1.0", "EPL-2.0", "PostgreSQL", "CC0-1.0", "0BSD", "Go License");

	private static final Path BILL = Path.of("target", "classes", "META-INF", "sbom", "application.cdx.json");

	@Test
	void isUnderLicencesThatAskForLittle() throws IOException {
		Map<String, Set<String>> licences = new TreeMap<>();
		for (JsonNode component : new JsonMapper().readTree(Files.readString(BILL)).path("components")) {
			licences.put(component.path("name").asString(), licences(component));
		}

		assertThat(licences).hasSizeGreaterThan(100).containsKey("spring-boot");
		assertThat(licences.entrySet()).filteredOn((each) -> each.getValue().stream().noneMatch(GOOD::contains))
			.isEmpty();
	}

	/** Of which one may be chosen. */
	private static Set<String> licences(JsonNode component) {
		return component.path("licenses")
			.valueStream()
			.flatMap((each) -> Stream.of(each.path("license").path("id"), each.path("license").path("name"),
					each.path("expression")))
			.filter((text) -> !text.isMissingNode())
			.map(JsonNode::asString)
			.collect(Collectors.toSet());
	}

}
