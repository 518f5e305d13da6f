package dev.belfry.web.http;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.belfry.start.StartRefused;
import dev.belfry.testing.EventStream;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.RawWebSocket;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which pages may use GraphQL: by HTTP, server-sent events and WebSocket alike, behind
 * proxies and without.
 */
class OriginTests {

	private static final String QUERY = "{\"query\": \"{ viewer { scopes } }\"}";

	private static final String OURS = "https://notifications.example";

	private static LocalNode node;

	private static String token;

	@BeforeAll
	static void start() {
		node = LocalNode.start(TestDatabase.createDatabase(), "server.forward-headers-strategy=framework",
				"belfry.public-url=" + OURS + "/",
				"belfry.cors.origins=https://shop.example,https://*.partner.example:8443");
		String account = "shop-" + UUID.randomUUID();
		node.client(TestTokens.platform())
			.run("upsertAccounts",
					Map.of("input", Map.of("accounts", List.of(Map.of("externalId", account, "name", "Shop")))));
		token = TestTokens.owner(account);
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@Test
	void takesPagesOfThePublicUrl() {
		for (String origin : List.of(OURS, OURS + ":443", "HTTPS://NOTIFICATIONS.EXAMPLE",
				"wss://notifications.example")) {
			assertAllowed(origin);
		}
	}

	@Test
	void takesPagesOfTheAddressThatWasAsked() {
		assertAllowed("http://127.0.0.1:" + node.port());
		assertAllowed("https://behind.example", "X-Forwarded-Proto: https", "X-Forwarded-Host: behind.example");
		assertAllowed("https://behind.example", "X-Forwarded-Proto: wss", "X-Forwarded-Host: behind.example");
		assertAllowed("https://behind.example:8443", "X-Forwarded-Proto: https,http",
				"X-Forwarded-Host: behind.example:8443");
		assertAllowed("https://behind.example:8443", "X-Forwarded-Proto: https", "X-Forwarded-Host: behind.example",
				"X-Forwarded-Port: 8443");
		assertAllowed("https://behind.example", "Forwarded: for=10.0.0.1;proto=https;host=behind.example");
		assertAllowed("http://be_hind:8080", "X-Forwarded-Host: be_hind:8080");
	}

	@Test
	void takesPagesThatAreListed() {
		assertAllowed("https://shop.example");
		assertAllowed("https://eu.partner.example:8443");
	}

	@Test
	void tellsABrowserWhatAListedPageMaySend() {
		Http.Answer answer = Http.at(node.port())
			.preflight("https://shop.example", "POST", "authorization,content-type,last-event-id");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers().get("access-control-allow-origin")).containsExactly("https://shop.example");
		assertThat(answer.headers().get("access-control-allow-methods").get(0)).isEqualTo("GET,POST");
		assertThat(answer.headers().get("access-control-allow-headers").get(0)).contains("authorization",
				"last-event-id");
		assertThat(answer.headers().get("vary")).contains("Origin");
		assertThat(Http.at(node.port()).preflight("https://shop.example", "DELETE", "x").status()).isEqualTo(403);
		assertThat(Http.at(node.port()).preflight("https://elsewhere.example", "POST", "x").status()).isEqualTo(403);
	}

	@Test
	void refusesPagesOfElsewhere() {
		for (String origin : List.of("https://elsewhere.example", "http://notifications.example",
				"https://notifications.example:8443", "https://notifications.example.elsewhere.example",
				"https://notifications.example@elsewhere.example", "https://partner.example:8443",
				"https://eu.partner.example", "https://shop.example.elsewhere.example", "null",
				"chrome-extension://abc", "https://", "not an origin", "https://a b", "https://%%%",
				"http://127.0.0.1:" + (node.port() + 1))) {
			assertRefused(origin);
		}
		assertRefused("https://elsewhere.example", "X-Forwarded-Proto: https", "X-Forwarded-Host: behind.example");
		assertRefused("http://behind.example", "X-Forwarded-Proto: https", "X-Forwarded-Host: behind.example");
	}

	@Test
	void tellsADeveloperWhyAPageIsRefused() {
		Http.Answer answer = Http.at(node.port()).token(token).with("Origin", "https://elsewhere.example").post(QUERY);

		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("FORBIDDEN");
		assertThat(answer.message()).contains("https://elsewhere.example", "belfry.cors.origins", "belfry.public-url");
		assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
	}

	/** A domain may be shared: its other hosts need not have TLS. */
	@Test
	void asksBrowsersForTlsOnItsOwnHostAlone() {
		Http behindTls = Http.at(node.port())
			.with("X-Forwarded-Proto", "https")
			.with("X-Forwarded-Host", "shop.example");
		for (Http.Answer answer : List.of(behindTls.post(QUERY), behindTls.get("/unsubscribe/nonsense"))) {
			assertThat(answer.headers().get("strict-transport-security").get(0)).doesNotContain("includeSubDomains");
		}
		assertThat(Http.at(node.port()).post(QUERY).headers()).doesNotContainKey("strict-transport-security");
	}

	@Test
	void knowsAnInternationalDomainAsBrowsersWriteIt() {
		assertThat(WebOrigin.of("https://bücher.example/belfry"))
			.isEqualTo(WebOrigin.of("https://xn--bcher-kva.example"));
		assertThat(WebOrigin.of("https://bücher.example")).isNotEqualTo(WebOrigin.of("https://bucher.example"));
	}

	@Test
	void startsNotWithWhatIsNoOrigin() {
		for (String wrong : List.of("shop.example", "https://bücher.example", "https://shop.example/path", "https://",
				"")) {
			assertThatExceptionOfType(StartRefused.class).as(wrong)
				.isThrownBy(() -> new CorsSettings(List.of(wrong), List.of(), List.of()))
				.withMessageContaining("belfry.cors.origins");
		}
		assertThat(new CorsSettings(List.of("https://shop.example/", "*"), List.of(), List.of()).origins())
			.containsExactly("https://shop.example", "*");
	}

	private static void assertAllowed(String origin, String... headers) {
		assertThat(statusOfPost(origin, headers)).as("HTTP, " + origin).isEqualTo(200);
		assertThat(statusOfEvents(origin, headers)).as("events, " + origin).isEqualTo(200);
		assertThat(statusOfSocket(origin, headers)).as("socket, " + origin).isEqualTo(101);
	}

	private static void assertRefused(String origin, String... headers) {
		assertThat(statusOfPost(origin, headers)).as("HTTP, " + origin).isEqualTo(403);
		assertThat(statusOfEvents(origin, headers)).as("events, " + origin).isEqualTo(403);
		assertThat(statusOfSocket(origin, headers)).as("socket, " + origin).isEqualTo(403);
	}

	private static int statusOfPost(String origin, String... headers) {
		Http http = Http.at(node.port()).token(token).with("Origin", origin);
		for (String header : headers) {
			int colon = header.indexOf(':');
			http = http.with(header.substring(0, colon), header.substring(colon + 2));
		}
		return http.post(QUERY).status();
	}

	private static int statusOfEvents(String origin, String... headers) {
		try (EventStream stream = EventStream.open(node.port(), 1 << 16, token, "{ viewer { scopes } }", Map.of(),
				with("Origin: " + origin, headers))) {
			return status(stream.head().get(0));
		}
	}

	private static int statusOfSocket(String origin, String... headers) {
		try (RawWebSocket socket = RawWebSocket.connect(node.port(), 1 << 16,
				with("Sec-WebSocket-Protocol: graphql-transport-ws", with("Origin: " + origin, headers)))) {
			int status = status(socket.handshake().get(0));
			if (status == 101) {
				socket.init(token);
			}
			return status;
		}
	}

	private static int status(String statusLine) {
		return Integer.parseInt(statusLine.split(" ")[1]);
	}

	private static String[] with(String header, String... headers) {
		return Stream.concat(Stream.of(header), Stream.of(headers)).toArray(String[]::new);
	}

}
