package dev.belfry.transport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.Viewer;
import dev.belfry.accounts.Viewers;
import dev.belfry.platform.Refusal;
import reactor.core.publisher.Mono;

/** Reads tokens that do not come in a header of HTTP, and knows until when one counts. */
@Component
class Tokens {

	/** What the decoder grants clocks that differ. */
	private static final Duration SKEW = Duration.ofSeconds(60);

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

	private final ReactiveJwtDecoder decoder;

	private final Viewers viewers;

	private final Clock clock;

	Tokens(ReactiveJwtDecoder decoder, Viewers viewers, Clock clock) {
		this.decoder = decoder;
		this.viewers = viewers;
		this.clock = clock;
	}

	/** Who shows this {@code Bearer …}; fails with a {@link Refusal}. */
	Mono<Viewer> viewer(@Nullable Object authorization) {
		Matcher bearer = BEARER.matcher((authorization instanceof String text) ? text : "");
		if (!bearer.matches()) {
			return Mono.error(() -> Refusal
				.unauthenticated("This needs a token: the payload {\"authorization\": \"Bearer …\"}."));
		}
		return this.decoder.decode(bearer.group(1))
			.onErrorMap(Tokens::isRefused,
					(refused) -> Refusal.unauthenticated("The token is expired, malformed, or not one of ours."))
			.flatMap(this.viewers::of);
	}

	/** How long the viewer's token still counts; zero or less when it does no more. */
	Duration timeLeft(Viewer viewer) {
		Instant now = this.clock.instant();
		if (viewer.expiresAt().isAfter(now.plus(LONGEST))) {
			return LONGEST;
		}
		return Duration.between(now, viewer.expiresAt()).plus(SKEW);
	}

	static Refusal expired() {
		return Refusal.unauthenticated("The token has expired. Come again with a new one.");
	}

	private static boolean isRefused(Throwable failure) {
		return failure instanceof BadJwtException || failure instanceof JwtValidationException;
	}

}
