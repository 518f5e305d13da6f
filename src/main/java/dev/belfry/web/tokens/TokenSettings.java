package dev.belfry.web.tokens;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.belfry.start.StartRefused;

/**
 * How tokens are verified. Who issues them is set by
 * {@code spring.security.oauth2.resourceserver.jwt.*}.
 *
 * @param memory what the tokens that a node remembers as verified may take; 0: it
 * verifies each token at each request
 * @param keysRefresh how often the issuer is asked for its keys. So long a key that it
 * has withdrawn still counts
 * @param withoutExpiry whether a token counts that has no {@code exp}, and so counts for
 * ever
 */
@ConfigurationProperties("belfry.tokens")
record TokenSettings(@DefaultValue("32MB") DataSize memory, @DefaultValue("5m") Duration keysRefresh,
		@DefaultValue("false") boolean withoutExpiry) {

	TokenSettings {
		StartRefused.unless(!memory.isNegative(), "belfry.tokens.memory is " + memory + ".",
				"Set it to what verified tokens may take, for example 32MB; 0 remembers none.");
		StartRefused.unlessPositive("belfry.tokens.keys-refresh", keysRefresh);
	}

}
