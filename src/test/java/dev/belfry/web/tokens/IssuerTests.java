package dev.belfry.web.tokens;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

import dev.belfry.testing.MovableClock;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/** Tokens of an issuer whose keys come and go: what is remembered goes with its key. */
class IssuerTests {

	private static final String SETTINGS = "spring.security.oauth2.resourceserver.jwt.";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final TestIssuer issuer = TestIssuer.start();

	private final MovableClock clock = new MovableClock(Instant.now());

	private final ECKey first = TestIssuer.newKey("first");

	private final ECKey second = TestIssuer.newKey("second");

	private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ReactiveOAuth2ResourceServerAutoConfiguration.class))
		.withUserConfiguration(IssuerConfiguration.class, VerifiedTokens.class)
		.withBean(Clock.class, () -> this.clock);

	@AfterEach
	void stop() {
		this.issuer.close();
	}

	@Test
	void forgetsATokenWhoseKeyIsWithdrawn() {
		this.issuer.publish(this.first, this.second);
		String withdrawn = token(this.first);
		String kept = token(this.second);
		withIssuer((tokens) -> {
			assertGood(tokens, withdrawn, kept);
			this.issuer.publish(this.second);
			this.clock.move(Duration.ofMinutes(3));
			assertGood(tokens, withdrawn, kept);
			this.clock.move(Duration.ofMinutes(2));

			assertRefused(tokens, withdrawn, JwtException.class);
			this.clock.move(Duration.ofSeconds(5));
			assertRefused(tokens, withdrawn, BadJwtException.class);
			assertGood(tokens, kept);
			assertThat(this.issuer.questions()).isEqualTo(3);
		});
	}

	/** While tokens come, nobody waits for the issuer. */
	@Test
	void asksForTheKeysBeforeTheyAreOld() {
		this.issuer.publish(this.first);
		String token = token(this.first);
		withIssuer((tokens) -> {
			assertGood(tokens, token);
			this.issuer.publish(this.second);
			this.clock.move(Duration.ofMinutes(4));
			assertGood(tokens, token);

			Awaitility.await().atMost(TIMEOUT).until(() -> this.issuer.questions() == 2);
			Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertRefused(tokens, token, JwtException.class));
		});
	}

	@Test
	void takesANewKeyAtOnceButAsksNotForEveryToken() {
		this.issuer.publish(this.first);
		withIssuer((tokens) -> {
			assertGood(tokens, token(this.first));
			this.issuer.publish(this.first, this.second);
			this.clock.move(Duration.ofSeconds(5));
			assertGood(tokens, token(this.second));
			for (int i = 0; i < 50; i++) {
				assertRefused(tokens, token(TestIssuer.newKey("unknown " + i)), JwtException.class);
			}

			assertThat(this.issuer.questions()).isEqualTo(2);
			this.clock.move(Duration.ofSeconds(5));
			assertRefused(tokens, token(TestIssuer.newKey("unknown")), BadJwtException.class);
		});
	}

	@Test
	void goesOnForAnHourWhileTheIssuerIsSilent() {
		this.issuer.publish(this.first);
		String token = token(this.first, Duration.ofHours(12));
		withIssuer((tokens) -> {
			assertGood(tokens, token);
			this.issuer.breakDown(true);
			for (int minutes = 0; minutes < 55; minutes += 5) {
				this.clock.move(Duration.ofMinutes(5));
				assertGood(tokens, token, token(this.first, Duration.ofHours(13)));
			}
			this.clock.move(Duration.ofMinutes(5));

			assertToldToTryAgain(tokens, token);
			this.issuer.breakDown(false);
			this.clock.move(Duration.ofSeconds(5));
			assertGood(tokens, token);
		});
	}

	@Test
	void saysToTryAgainWhenTheIssuerWasNeverHeard() {
		this.issuer.publish(this.first);
		this.issuer.breakDown(true);
		withIssuer((tokens) -> {
			assertToldToTryAgain(tokens, token(this.first));
			this.issuer.breakDown(false);
			this.clock.move(Duration.ofSeconds(5));

			assertGood(tokens, token(this.first));
		});
	}

	@Test
	void refusesTokensOfOthers() {
		this.issuer.publish(this.first);
		ECKey forged = TestIssuer.newKey("first");
		withIssuer((tokens) -> {
			assertRefused(tokens, token(forged), BadJwtException.class);
			assertRefused(tokens,
					TestIssuer.token(this.first,
							new JWTClaimsSet.Builder().issuer("https://elsewhere.example").build()),
					BadJwtException.class);
			assertGood(tokens, token(this.first));
			assertRefused(tokens, token(forged), BadJwtException.class);
		});
	}

	@Test
	void readsKeysFromTheirUrlToo() {
		this.issuer.publish(this.first);
		run((tokens) -> {
			assertGood(tokens, token(this.first));
			this.issuer.publish(this.second);
			this.clock.move(Duration.ofMinutes(1));
			assertGood(tokens, token(this.second));
			this.clock.move(Duration.ofSeconds(5));

			assertRefused(tokens, token(this.first), BadJwtException.class);
		}, "jwk-set-uri=" + this.issuer.keysUrl(), "jws-algorithms=ES256");
	}

	private static void assertRefused(VerifiedTokens tokens, String token, Class<? extends Throwable> failure) {
		StepVerifier.create(tokens.of(token))
			.expectErrorSatisfies((refused) -> assertThat(refused).isInstanceOf(failure))
			.verify(TIMEOUT);
	}

	private static void assertToldToTryAgain(VerifiedTokens tokens, String token) {
		StepVerifier.create(tokens.of(token))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(JwtException.class)
				.isNotInstanceOf(BadJwtException.class))
			.verify(TIMEOUT);
	}

	private void withIssuer(Consumer<VerifiedTokens> test) {
		run(test, "issuer-uri=" + this.issuer.name());
	}

	private void run(Consumer<VerifiedTokens> test, String... settings) {
		String refresh = List.of(settings).get(0).startsWith("jwk") ? "1m" : "5m";
		this.application.withPropertyValues("belfry.tokens.keys-refresh=" + refresh)
			.withPropertyValues(Stream.of(settings).map(SETTINGS::concat).toArray(String[]::new))
			.run((context) -> test.accept(context.getBean(VerifiedTokens.class)));
	}

	private String token(ECKey key) {
		return token(key, Duration.ofHours(1));
	}

	private String token(ECKey key, Duration validFor) {
		return this.issuer.token(key, Instant.now(), validFor);
	}

	private static void assertGood(VerifiedTokens tokens, String... good) {
		for (String token : good) {
			Mono<String> subject = tokens.of(token).map(Jwt::getSubject);
			StepVerifier.create(subject).expectNext("ann").expectComplete().verify(TIMEOUT);
		}
	}

}
