package dev.belfry.embedded.pages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.belfry.testing.SchemaFiles;

import static org.assertj.core.api.Assertions.assertThat;

class DemoPagesTests {

	private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"#][^\"]*)\"");

	private static final Pattern IMPORTED = Pattern.compile("from '\\./([^']+)'|src: '/console/([^']+)'");

	private static final Pattern NAMES_IMPORTED = Pattern.compile("import \\{([^}]+)} from '\\./([^']+)'");

	private static final Pattern DOCUMENT = Pattern.compile("const (\\w+) = `([^`]+)`;");

	private static final Pattern NAMED = Pattern.compile("\\$\\{(\\w+)}");

	private static final GraphQLSchema SCHEMA = SchemaFiles.schema();

	private final WebTestClient client = WebTestClient.bindToRouterFunction(new DemoConfiguration().demoPageRoutes())
		.configureClient()
		.defaultHeader("Host", "localhost:8080")
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "/", "/graphiql" })
	void findsAllThatAPageLoadsInTheJar(String path) {
		List<String> loaded = LOADED.matcher(page(path))
			.results()
			.map((MatchResult match) -> match.group(1))
			.filter((address) -> !address.startsWith("data:"))
			.toList();

		assertThat(loaded).isNotEmpty().allMatch((address) -> address.startsWith("/"));
		loaded.forEach((address) -> this.client.get().uri(address).exchange().expectStatus().isOk());
	}

	@Test
	void findsAllThatTheConsoleImportsInTheJar() {
		assertThat(filesOfTheConsole()).contains("alerts.js", "emails.js", "settings.js", "mail-frame.html");
	}

	@Test
	void importsOnlyNamesThatModulesExport() {
		filesOfTheConsole().forEach((file) -> NAMES_IMPORTED.matcher(content("/console/" + file))
			.results()
			.forEach((imported) -> assertThat(imported.group(1).split(",")).as(file + " of " + imported.group(2))
				.allSatisfy((name) -> assertThat(content("/console/" + imported.group(2)))
					.containsPattern("export (async )?(const|function) " + name.strip() + "\\b"))));
	}

	@Test
	void asksOnlyForWhatTheSchemaHas() {
		Map<String, String> documents = new LinkedHashMap<>();

		DOCUMENT.matcher(content("/console/documents.js"))
			.results()
			.forEach((match) -> documents.put(match.group(1), filled(match.group(2), documents)));

		assertThat(documents).containsKeys("BELL", "ALERTS", "DRY_RUN");
		assertThat(documents.values()).filteredOn((document) -> !document.startsWith("fragment"))
			.allSatisfy((document) -> assertThat(
					new Validator().validateDocument(SCHEMA, Parser.parse(document), Locale.ENGLISH))
				.isEmpty());
	}

	@Test
	void letsNothingRunWhereTheConsoleShowsAnEmail() {
		this.client.get()
			.uri("/console/mail-frame.html")
			.exchange()
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy.split("; "))
						.contains("default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'",
								"sandbox allow-same-origin")
						.noneMatch((directive) -> directive.startsWith("script-src")))
			.expectHeader()
			.valueEquals("X-Frame-Options", "SAMEORIGIN");
	}

	@Test
	void servesNothingElseOfTheJar() {
		this.client.get().uri("/application.yml").exchange().expectStatus().isNotFound();
		this.client.get().uri("/console/../../application.yml").exchange().expectStatus().isNotFound();
	}

	@Test
	void isForThisMachineOnly() {
		this.client.get()
			.uri("/")
			.headers((headers) -> headers.set("Host", "belfry.example"))
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	private Set<String> filesOfTheConsole() {
		Deque<String> left = new ArrayDeque<>(List.of("app.js"));
		Set<String> found = new HashSet<>();
		while (!left.isEmpty()) {
			String file = left.pop();
			if (found.add(file)) {
				IMPORTED.matcher(content("/console/" + file))
					.results()
					.forEach((match) -> left.push((match.group(1) != null) ? match.group(1) : match.group(2)));
			}
		}
		return found;
	}

	/** With the fragments that it names. */
	private static String filled(String document, Map<String, String> fragments) {
		return NAMED.matcher(document).replaceAll((match) -> Matcher.quoteReplacement(fragments.get(match.group(1))));
	}

	private String page(String path) {
		this.client.get().uri(path).exchange().expectHeader().contentType(MediaType.TEXT_HTML);
		return content(path);
	}

	private String content(String path) {
		byte[] content = this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(content).isNotNull();
		return new String(content, StandardCharsets.UTF_8);
	}

}
