package dev.belfry.accounts.directory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

import dev.belfry.addresses.Addresses;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.input.Refusal;
import dev.belfry.input.TextProblem;

/**
 * What a token says of the one who shows it.
 *
 * @param account the external id of the account, or null for the platform
 * @param user the external id of the user, or null for the platform
 */
record Claims(@Nullable String account, @Nullable String user, Set<String> scopes, String name, @Nullable String email,
		Instant expiresAt) {

	private static final int LONGEST = 255;

	/** Fails with a {@link Refusal} when the token does not say enough. */
	static Claims of(Jwt token) {
		Map<String, Object> claims = token.getClaims();
		String account = text(claims, "account");
		String user = text(claims, "sub");
		boolean platform = Boolean.TRUE.equals(claims.get("platform"));
		if (account == null && !platform) {
			throw Refusal.unauthenticated("The token names no account: it needs the claim \"account\".");
		}
		if (user == null && !platform) {
			throw Refusal.unauthenticated("The token names no user: it needs the claim \"sub\".");
		}
		String email = email(claims);
		String name = Stream.of(text(claims, "name"), email, user).filter(Objects::nonNull).findFirst().orElse("");
		Instant expiresAt = (token.getExpiresAt() != null) ? token.getExpiresAt() : Instant.MAX;
		return new Claims(account, platform ? null : user, scopes(claims), name, email, expiresAt);
	}

	private static @Nullable String email(Map<String, Object> claims) {
		String email = text(claims, "email");
		try {
			return (email != null) ? Addresses.one(email) : null;
		}
		catch (NoEmailAddress none) {
			return null;
		}
	}

	private static Set<String> scopes(Map<String, Object> claims) {
		Set<String> scopes = new TreeSet<>();
		for (String claim : List.of("scope", "scp")) {
			Object value = claims.get(claim);
			Collection<?> parts = (value instanceof Collection<?> several) ? several
					: List.of(Objects.toString(value, ""));
			parts.forEach((part) -> scopes.addAll(List.of(String.valueOf(part).trim().split("\\s+"))));
		}
		scopes.remove("");
		return scopes;
	}

	/**
	 * A claim that is no text, or that no account and no user could be stored under, is
	 * as good as none.
	 */
	private static @Nullable String text(Map<String, Object> claims, String claim) {
		return (claims.get(claim) instanceof String text && TextProblem.of(text, LONGEST) == null) ? text : null;
	}

}
