package dev.belfry.embedded;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class DemoPagesTests {

	private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

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

	private String page(String path) {
		byte[] page = this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.TEXT_HTML)
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(page).isNotNull();
		return new String(page, StandardCharsets.UTF_8);
	}

}
