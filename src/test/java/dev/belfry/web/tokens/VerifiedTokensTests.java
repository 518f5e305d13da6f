package dev.belfry.web.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.unit.DataSize;

import dev.belfry.start.StartRefused;
import dev.belfry.testing.MovableClock;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A token is verified once, and never taken for another. */
class VerifiedTokensTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration VALID = Duration.ofMinutes(30);

	private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T00:00:00Z"));

	private final AtomicInteger verified = new AtomicInteger();

	@Test
	void verifiesATokenOnce() {
		VerifiedTokens tokens = tokens(DataSize.ofMegabytes(32), false);
		for (int i = 0; i < 10; i++) {
			assertSubject(tokens, "ann");
			assertSubject(tokens, "bob");
		}

		assertThat(this.verified).hasValue(2);
	}

	/** These texts have one hash code in Java. */
	@Test
	void takesNoTokenForAnother() {
		VerifiedTokens tokens = tokens(DataSize.ofMegabytes(32), false);
		for (int i = 0; i < 3; i++) {
			assertSubject(tokens, "AaAa");
			assertSubject(tokens, "BBBB");
			assertSubject(tokens, "AaBB");
		}

		assertThat("AaAa".hashCode()).isEqualTo("BBBB".hashCode());
		assertThat(this.verified).hasValue(3);
	}

	@Test
	void verifiesATokenAgainWhenItHasExpired() {
		VerifiedTokens tokens = tokens(DataSize.ofMegabytes(32), false);
		assertSubject(tokens, "ann");
		this.clock.move(VALID.plusSeconds(59));
		assertSubject(tokens, "ann");
		assertThat(this.verified).hasValue(1);
		this.clock.move(Duration.ofSeconds(1));

		assertSubject(tokens, "ann");
		assertThat(this.verified).hasValue(2);
	}

	@Test
	void remembersNoTokenThatIsRefused() {
		VerifiedTokens tokens = tokens(DataSize.ofMegabytes(32), false);
		for (int i = 0; i < 3; i++) {
			StepVerifier.create(tokens.of("bad")).expectError(BadJwtException.class).verify(TIMEOUT);
		}

		assertThat(this.verified).hasValue(3);
	}

	@Test
	void remembersNothingWithoutMemory() {
		VerifiedTokens tokens = tokens(DataSize.ofBytes(0), false);
		for (int i = 0; i < 5; i++) {
			assertSubject(tokens, "ann");
		}

		assertThat(this.verified).hasValue(5);
	}

	@Test
	void takesATokenWithoutExpiryOnlyIfConfigured() {
		StepVerifier.create(tokens(DataSize.ofMegabytes(1), false).of("for ever"))
			.expectErrorMessage(RefusedToken.WITHOUT_EXPIRY)
			.verify(TIMEOUT);
		assertSubject(tokens(DataSize.ofMegabytes(1), true), "for ever");
	}

	@Test
	void startsNotWithSettingsThatCannotWork() {
		for (Duration refresh : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
			assertThatExceptionOfType(StartRefused.class)
				.isThrownBy(() -> new TokenSettings(DataSize.ofMegabytes(1), refresh, false))
				.withMessageContaining("belfry.tokens.keys-refresh");
		}
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> new TokenSettings(DataSize.ofBytes(-1), Duration.ofMinutes(5), false))
			.withMessageContaining("belfry.tokens.memory");
	}

	private void assertSubject(VerifiedTokens tokens, String token) {
		StepVerifier.create(tokens.of(token).map(Jwt::getSubject)).expectNext(token).expectComplete().verify(TIMEOUT);
	}

	private VerifiedTokens tokens(DataSize memory, boolean withoutExpiry) {
		return new VerifiedTokens(this::decode, new DefaultListableBeanFactory().getBeanProvider(PublishedKeys.class),
				new TokenSettings(memory, Duration.ofMinutes(5), withoutExpiry), this.clock);
	}

	private Mono<Jwt> decode(String token) {
		this.verified.incrementAndGet();
		if (token.equals("bad")) {
			return Mono.error(new BadJwtException("Bad"));
		}
		Jwt.Builder content = Jwt.withTokenValue(token).header("alg", "ES256").subject(token);
		if (!token.equals("for ever")) {
			content.expiresAt(Instant.parse("2026-11-29T00:00:00Z").plus(VALID));
		}
		return Mono.just(content.build());
	}

}
