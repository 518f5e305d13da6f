package dev.belfry.web.tokens;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Viewers;
import dev.belfry.input.Refusal;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Reads tokens that do not come in a header of HTTP, and knows until when one counts. */
@Component
public class Tokens {

	private static final Duration LONGEST = Duration.ofDays(365);

	private final VerifiedTokens verified;

	private final Viewers viewers;

	private final Clock clock;

	Tokens(VerifiedTokens verified, Viewers viewers, Clock clock) {
		this.verified = verified;
		this.viewers = viewers;
		this.clock = clock;
	}

	/** Who shows this {@code Bearer …}; fails with a {@link Refusal} that says why. */
	public Mono<Viewer> viewer(@Nullable Object authorization) {
		return Mono.fromCallable(() -> Authorization.token(authorization))
			.flatMap(this.verified::of)
			.onErrorMap(BadJwtException.class, RefusedToken::of)
			.flatMap(this.viewers::of);
	}

	/** How long the viewer's token still counts; zero or less when it does no more. */
	public Duration timeLeft(Viewer viewer) {
		Instant now = this.clock.instant();
		if (viewer.expiresAt().isAfter(now.plus(LONGEST))) {
			return LONGEST;
		}
		return Duration.between(now, viewer.expiresAt()).plus(VerifiedTokens.SKEW);
	}

}
