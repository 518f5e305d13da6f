package dev.belfry.embedded.pages;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import com.nimbusds.jose.jwk.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

class DemoTokenTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final DemoConfiguration demo = new DemoConfiguration();

	private ECKey key;

	private WebTestClient client;

	DemoTokenTests(@TempDir Path directory) {
		this.key = DemoSigningKey.keptIn(directory.resolve("key"));
		this.client = WebTestClient
			.bindToRouterFunction(this.demo.demoTokenRoute(this.demo.demoTokens(this.key, Clock.systemUTC())))
			.build();
	}

	@Test
	void speaksForTheOwnerOfAnAccount() {
		Jwt token = token("account=northwind&as=owner");

		assertThat(token.getClaims()).containsEntry("account", "northwind")
			.containsEntry("sub", "ada")
			.containsEntry("name", "Ada Marlow")
			.containsEntry("email", "ada@northwind.example")
			.containsEntry("scope",
					"notifications:read notifications:write settings:read settings:write alerts:read"
							+ " alerts:write deliveries:read deliveries:write keys:write")
			.doesNotContainKey("platform");
		assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofHours(12));
	}

	@Test
	void speaksForAMemberOfAnAccount() {
		assertThat(token("account=harbor&as=member").getClaims()).containsEntry("account", "harbor")
			.containsEntry("sub", "tomas")
			.containsEntry("name", "Tomás Rivera")
			.containsEntry("email", "tomas@harbor.example")
			.containsEntry("scope", "notifications:read notifications:write settings:read alerts:read deliveries:read");
	}

	@Test
	void speaksForThePlatformOfAllAccounts() {
		assertThat(token("as=platform").getClaims()).containsEntry("platform", true)
			.containsEntry("scope", "events:write accounts:write")
			.doesNotContainKey("account");
		assertThat(token("account=northwind&as=platform").getClaims()).doesNotContainKey("account");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "LOCALHOST:9", "127.0.0.1", "127.0.0.1:8080", "[::1]",
			"[::1]:8080" })
	void answersOnThisMachine(String host) {
		request("account=northwind&as=owner", host).exchange().expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "belfry.example", "belfry.example:8080", "localhost.belfry.example",
			"127.0.0.1.belfry.example", "192.0.2.1:8080", "::1", "", "localhost:8080@belfry.example" })
	void isSilentTowardsOtherNamesOfThisMachine(String host) {
		expect(request("account=northwind&as=owner", host), HttpStatus.FORBIDDEN,
				"This is for pages and programs of this machine only.");
	}

	@Test
	void isSilentTowardsPagesOfOtherSites() {
		expect(request("account=northwind&as=owner", "localhost").header("Sec-Fetch-Site", "cross-site"),
				HttpStatus.FORBIDDEN, "This is for pages and programs of this machine only.");
	}

	@Test
	void saysWhatItDoesNotKnow() {
		String whose = "Choose the role: as=owner, as=member or as=platform.";
		String which = "Choose the account: account=northwind or account=harbor.";

		expect(request("account=northwind", "localhost"), HttpStatus.BAD_REQUEST, whose);
		expect(request("account=northwind&as=OWNER", "localhost"), HttpStatus.BAD_REQUEST, whose);
		expect(request("as=owner", "localhost"), HttpStatus.BAD_REQUEST, which);
		expect(request("account=acme&as=member", "localhost"), HttpStatus.BAD_REQUEST, which);
	}

	@Test
	void isAcceptedAfterARestart(@TempDir Path directory) {
		Path file = directory.resolve("key");
		String token = this.demo.demoTokens(DemoSigningKey.keptIn(file), Clock.systemUTC()).forPlatform();

		Jwt accepted = this.demo.demoTokenDecoder(DemoSigningKey.keptIn(file)).decode(token).block(SOON);

		assertThat(accepted).isNotNull();
	}

	private Jwt token(String query) {
		String token = request(query, "localhost:8080").exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.TEXT_PLAIN)
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return this.demo.demoTokenDecoder(this.key).decode(token).block(SOON);
	}

	private WebTestClient.RequestHeadersSpec<?> request(String query, String host) {
		return this.client.get().uri("/demo/token?" + query).header("Host", host);
	}

	private static void expect(WebTestClient.RequestHeadersSpec<?> request, HttpStatus status, String answer) {
		request.exchange().expectStatus().isEqualTo(status).expectBody(String.class).isEqualTo(answer);
	}

}
