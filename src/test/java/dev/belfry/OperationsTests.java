package dev.belfry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators are given fits a node that runs. */
@BelfryTest
class OperationsTests {

	private static final Path FOLDER = Path.of("docs", "operations");

	private static final Pattern METRIC = Pattern.compile("\\b(?:belfry|http_server|jvm|process|r2dbc)_\\w+");

	private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");

	private static final Pattern PARAGRAPH = Pattern.compile("(?m)^### (Belfry\\w+)$");

	private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)?(?:#([^)]+))?\\)");

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "alerts.yml", "alerts-test.yml", "dashboard.json" })
	void asksForMetricsThatANodeHas(String file) throws IOException {
		Http platform = Http.at(this.port).token(TestTokens.platform());
		platform.ask("{ __typename }");
		Set<String> exported = all(METRIC, platform.get("/actuator/prometheus").body());

		assertThat(all(METRIC, Files.readString(FOLDER.resolve(file)))).hasSizeGreaterThan(3).isSubsetOf(exported);
	}

	@Test
	void saysOfEachAlertWhatToDo() throws IOException {
		String page = Files.readString(Path.of("docs", "operations.md"));

		assertThat(PARAGRAPH.matcher(page).results().map((found) -> found.group(1)))
			.containsExactlyElementsOf(ALERT.matcher(Files.readString(FOLDER.resolve("alerts.yml")))
				.results()
				.map((found) -> found.group(1))
				.toList());
	}

	@Test
	void linksToWhatThereIs() throws IOException {
		List<MatchResult> links = LINK.matcher(Files.readString(Path.of("docs", "operations.md"))).results().toList();

		assertThat(links).hasSizeGreaterThan(10).allSatisfy((link) -> {
			Path file = Path.of("docs").resolve(link.group(1)).normalize();
			assertThat(file).exists();
			if (link.group(2) != null) {
				assertThat(anchors(file)).as(file.toString()).contains(link.group(2));
			}
		});
	}

	/** As GitHub makes them of headings. */
	private static List<String> anchors(Path file) throws IOException {
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("#+ ", "").toLowerCase().replaceAll("[^\\w -]", "").replace(' ', '-'))
			.toList();
	}

	private static Set<String> all(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
	}

}
