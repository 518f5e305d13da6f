package dev.belfry.delivery.suppression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import dev.belfry.catalog.types.Topic;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Promise 27: unsubscribing is one POST, idempotent, and GET changes nothing. */
@BelfryTest
class UnsubscribeTests {

	private static final AccountId ACCOUNT = new AccountId(4711);

	private static final String TOPIC = "GLOBAL:SOURCE_INVOICE_COST_OF_GOODS_MISMATCH";

	private static final String ADDRESS = "jane.doe@shop.example";

	@LocalServerPort
	private int port;

	@Autowired
	private UnsubscribeTokens tokens;

	private final List<String> stopped = new ArrayList<>();

	private Mono<Void> done = Mono.empty();

	private String token;

	private WebTestClient client;

	@BeforeEach
	void connect() {
		Suppressions suppressions = this::suppress;
		this.token = this.tokens.token(ACCOUNT, ADDRESS, new Topic(TOPIC));
		this.client = WebTestClient
			.bindToRouterFunction(new UnsubscribeConfiguration().unsubscribeRoutes(this.tokens, suppressions))
			.configureClient()
			.responseTimeout(Duration.ofSeconds(20))
			.build();
	}

	private Mono<Void> suppress(AccountId account, String address, @Nullable Topic topic) {
		return this.done.doOnSubscribe((subscription) -> this.stopped
			.add(account.value() + " " + address + " " + ((topic != null) ? topic.key() : null)));
	}

	@Test
	void asksFirstAndChangesNothing() {
		String page = body(this.client.get().uri("/unsubscribe/" + this.token), 200);

		assertThat(page).contains("j…@shop.example", "Source invoice cost of goods mismatch", "<form method=\"post\">")
			.doesNotContain(ADDRESS, "jane", "<script");
		assertThat(this.stopped).isEmpty();
	}

	@Test
	void stopsATopicAtOneClickOfAMailProgram() {
		String page = body(
				post().contentType(MediaType.APPLICATION_FORM_URLENCODED).bodyValue("List-Unsubscribe=One-Click"), 200);

		assertThat(this.stopped).containsExactly("4711 " + ADDRESS + " " + TOPIC);
		assertThat(page).contains("j…@shop.example", "Source invoice cost of goods mismatch", "ask the owner");
	}

	@Test
	void takesTheOneClickAsPartsToo() {
		String parts = """
				--b
				Content-Disposition: form-data; name="List-Unsubscribe"

				One-Click
				--b--
				""".replace("\n", "\r\n");

		body(post().header("Content-Type", "multipart/form-data; boundary=b").bodyValue(parts), 200);

		assertThat(this.stopped).containsExactly("4711 " + ADDRESS + " " + TOPIC);
	}

	@Test
	void stopsATopicOrAllAsTheFormSays() {
		body(post().body(BodyInserters.fromFormData("scope", "topic")), 200);
		String page = body(post().body(BodyInserters.fromFormData("scope", "all")), 200);

		assertThat(this.stopped).containsExactly("4711 " + ADDRESS + " " + TOPIC, "4711 " + ADDRESS + " null");
		assertThat(page).contains("gets no more e-mails from this account.");
	}

	@Test
	void answersTheSecondTimeAsTheFirst() {
		String first = body(post(), 200);

		assertThat(body(post(), 200)).isEqualTo(first);
	}

	@Test
	void readsNoLongBody() {
		body(post().bodyValue("scope=all&" + "x".repeat(5000)), 413);

		assertThat(this.stopped).isEmpty();
	}

	@Test
	void isKindToAGarbledLink() {
		for (String garbled : List.of("x", "AAAA", this.token.substring(1), this.token + "A", "A".repeat(3000), "ü")) {
			String page = body(this.client.get().uri("/unsubscribe/{token}", garbled), 404);

			assertThat(page).contains("copy all of it");
			body(this.client.post().uri("/unsubscribe/{token}", garbled), 404);
		}
		assertThat(this.stopped).isEmpty();
	}

	@Test
	void asksToTryAgainWhenItDoesNotWork() {
		this.done = Mono.error(new IllegalStateException("No database"));

		assertThat(body(post(), 503)).contains("try again").doesNotContain("No database");
	}

	@Test
	void isOpenToEveryoneWithALink() {
		for (Http http : List.of(Http.at(this.port), Http.at(this.port).token("nonsense"))) {
			Http.Answer answer = http.get("/unsubscribe/" + this.token);

			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.type()).isEqualTo("text/html;charset=UTF-8");
			assertThat(answer.headers()).doesNotContainKey("set-cookie");
			assertThat(answer.headers().get("referrer-policy")).containsExactly("no-referrer");
			assertThat(answer.headers().get("cache-control").get(0)).contains("no-store");
			assertThat(answer.headers().get("content-security-policy").get(0)).startsWith("default-src 'none'; ")
				.contains("form-action 'self'", "frame-ancestors 'none'")
				.contains("style-src '" + hashOf(answer.body()) + "'");
		}
		assertThat(Http.at(this.port).get("/unsubscribe/nonsense").status()).isEqualTo(404);
		assertThat(Http.at(this.port).get("/unsubscribe/nonsense").body()).contains("copy all of it");
		WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.build()
			.post()
			.uri("/unsubscribe/nonsense")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("copy all of it"));
	}

	/**
	 * A browser sends {@code null} from our own page, which has no referrer, and the
	 * origin of a webmail or an extension from theirs: the link is the right to
	 * unsubscribe.
	 */
	@Test
	void stopsWhateverPageTheFormIsOn() {
		Http form = Http.at(this.port).with("Content-Type", "application/x-www-form-urlencoded");
		for (String origin : List.of("null", "https://webmail.example", "https://notifications.example:8443",
				"http://127.0.0.1:" + this.port, "moz-extension://5c4b-11", "not an origin")) {
			assertThat(form.with("Origin", origin).get("/unsubscribe/" + this.token).status()).as(origin)
				.isEqualTo(200);
			Http.Answer answer = form.with("Origin", origin).post("/unsubscribe/nonsense", "scope=topic");

			assertThat(answer.status()).as(origin).isEqualTo(404);
			assertThat(answer.body()).as(origin).contains("copy all of it");
		}
	}

	@Test
	void opensNothingElse() {
		for (String path : List.of("/unsubscribe", "/unsubscribe/", "/unsubscribe/a/b")) {
			assertThat(Http.at(this.port).get(path).status()).as(path).isEqualTo(404);
			assertThat(Http.at(this.port).get(path).body()).as(path).isEmpty();
		}
	}

	/** A link is of use to nobody but whom it was sent to. */
	@Test
	void showsNeitherAddressNorAccountInTheLink() {
		assertThat(this.token).matches("[A-Za-z0-9_-]+").hasSizeLessThan(160);
		assertThat(new String(Base64.getUrlDecoder().decode(this.token), StandardCharsets.ISO_8859_1))
			.doesNotContain("4711", "jane", "shop");
		assertThat(this.tokens.token(ACCOUNT, ADDRESS, new Topic(TOPIC))).isEqualTo(this.token);
		assertThat(this.tokens.token(new AccountId(4712), ADDRESS, new Topic(TOPIC))).isNotEqualTo(this.token);
	}

	@Test
	void fitsTheLongestAddressIntoALink() {
		String address = "ü".repeat(32) + "@" + ("b".repeat(60) + ".").repeat(3) + "example";
		String longest = this.tokens.token(new AccountId(Long.MAX_VALUE), address, Topic.global("X".repeat(100)));

		assertThat(this.tokens.read(longest)).isNotNull().satisfies((what) -> {
			assertThat(what.account()).isEqualTo(new AccountId(Long.MAX_VALUE));
			assertThat(what.address()).isEqualTo(address);
			assertThat(what.maskedAddress()).startsWith("ü…@bbb");
		});
	}

	private WebTestClient.RequestBodySpec post() {
		return this.client.post().uri("/unsubscribe/" + this.token);
	}

	private static String body(WebTestClient.RequestHeadersSpec<?> request, int status) {
		return request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private static String hashOf(String page) {
		String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
