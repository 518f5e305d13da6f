package dev.belfry.web.tokens;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Verifies tokens, and remembers those that are good until they expire or the issuer's
 * keys change: the check of a signature takes about a millisecond, and a token comes with
 * each request. What is remembered is found by the whole token.
 */
@Component
@EnableConfigurationProperties(TokenSettings.class)
public class VerifiedTokens {

	/**
	 * For so long the decoders let a token count that has expired, for clocks that
	 * differ.
	 */
	static final Duration SKEW = Duration.ofSeconds(60);

	/** Even if it counts for longer, a token is then verified again. */
	private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);

	/**
	 * What an entry takes at least, and for each character of its token. Estimates, in
	 * bytes.
	 */
	private static final int ENTRY = 1024;

	private static final int CHARACTER = 4;

	private final ReactiveJwtDecoder decoder;

	private final @Nullable PublishedKeys keys;

	private final boolean withoutExpiry;

	private final long memory;

	private final Clock clock;

	private final Cache<String, Verified> remembered;

	VerifiedTokens(ReactiveJwtDecoder decoder, ObjectProvider<PublishedKeys> keys, TokenSettings settings,
			Clock clock) {
		this.decoder = decoder;
		this.keys = keys.getIfAvailable();
		this.withoutExpiry = settings.withoutExpiry();
		this.memory = settings.memory().toBytes();
		this.clock = clock;
		this.remembered = Caffeine.newBuilder()
			.maximumWeight(this.memory)
			.weigher((String token, Verified verified) -> ENTRY + CHARACTER * token.length())
			.expireAfterWrite(LONGEST_REMEMBERED)
			.build();
	}

	/**
	 * What the token says, if it is good. Fails with a {@link BadJwtException} if it is
	 * not, and with any other {@link JwtException} if that cannot be verified at the
	 * moment.
	 */
	public Mono<Jwt> of(String token) {
		return version().flatMap((version) -> {
			Verified known = this.remembered.getIfPresent(token);
			return (known != null && known.version() == version && counts(known.content())) ? Mono.just(known.content())
					: verify(token, version);
		})
			.onErrorMap((failure) -> !(failure instanceof JwtException),
					(failure) -> new JwtException("The token cannot be verified just now", failure));
	}

	/**
	 * Of the keys; read before a token is verified, so that one is never taken for newer.
	 */
	private Mono<Long> version() {
		return (this.keys != null) ? this.keys.current().map(PublishedKeys.Keys::version) : Mono.just(0L);
	}

	private boolean counts(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return expiry == null || this.clock.instant().isBefore(expiry.plus(SKEW));
	}

	/** On another thread than those that serve connections. */
	private Mono<Jwt> verify(String token, long version) {
		return Mono.defer(() -> this.decoder.decode(token))
			.subscribeOn(Schedulers.parallel())
			.doOnNext(this::requireExpiry)
			.doOnNext((content) -> remember(token, new Verified(content, version)));
	}

	/** Not even for a moment, if there is no memory for it. */
	private void remember(String token, Verified verified) {
		if (this.memory > 0) {
			this.remembered.put(token, verified);
		}
	}

	private void requireExpiry(Jwt token) {
		if (token.getExpiresAt() == null && !this.withoutExpiry) {
			throw new BadJwtException(RefusedToken.WITHOUT_EXPIRY);
		}
	}

	private record Verified(Jwt content, long version) {
	}

}
