package dev.belfry.accounts.directory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

import dev.belfry.input.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClaimsTests {

	@Test
	void readsAUserOfAnAccount() {
		Claims claims = claims(
				Map.of("account", "shop", "sub", "ann", "scope", "b a", "name", "Ann", "email", "ann@shop.example"));

		assertThat(claims).extracting(Claims::account, Claims::user, Claims::name, Claims::email)
			.containsExactly("shop", "ann", "Ann", "ann@shop.example");
		assertThat(claims.scopes()).containsExactly("a", "b");
	}

	@Test
	void readsScopesHoweverTheyAreWritten() {
		assertThat(claims(Map.of("account", "shop", "sub", "ann", "scope", List.of("a", "b"))).scopes())
			.containsExactly("a", "b");
		assertThat(claims(Map.of("account", "shop", "sub", "ann", "scp", " a  b ")).scopes()).containsExactly("a", "b");
		assertThat(claims(Map.of("account", "shop", "sub", "ann")).scopes()).isEmpty();
	}

	@Test
	void callsAUserByTheNextBestName() {
		assertThat(claims(Map.of("account", "shop", "sub", "ann", "email", "ann@shop.example")).name())
			.isEqualTo("ann@shop.example");
		assertThat(claims(Map.of("account", "shop", "sub", "ann", "email", "no address", "name", " ")).name())
			.isEqualTo("ann");
		assertThat(claims(Map.of("account", "shop", "sub", "ann", "email", "no address")).email()).isNull();
	}

	@Test
	void refusesATokenThatNamesNobody() {
		for (Map<String, Object> claims : List.<Map<String, Object>>of(Map.of("sub", "ann"), Map.of("account", "shop"),
				Map.of("account", 7, "sub", "ann"), Map.of("account", "", "sub", "ann"),
				Map.of("account", "shop", "sub", "a\0b"), Map.of("account", "x".repeat(256), "sub", "ann"),
				Map.of("sub", "ann", "platform", "true"))) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> claims(claims))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAUTHENTICATED));
		}
	}

	@Test
	void readsThePlatformWhichIsNoUser() {
		assertThat(claims(Map.of("sub", "jobs", "platform", true))).extracting(Claims::account, Claims::user)
			.containsOnlyNulls();
		assertThat(claims(Map.of("sub", "jobs", "platform", true, "account", "shop")))
			.extracting(Claims::account, Claims::user)
			.containsExactly("shop", null);
	}

	private static Claims claims(Map<String, Object> claims) {
		return Claims.of(new Jwt("t", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), Map.of("alg", "none"), claims));
	}

}
