package dev.belfry.embedded.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.belfry.embedded.demo.DemoPerson;
import dev.belfry.embedded.demo.DemoRole;

/** Issues tokens in the name of the demo's people and of its platform. */
class DemoTokens {

	private static final Duration VALIDITY = Duration.ofHours(12);

	private final ECKey key;

	private final Clock clock;

	DemoTokens(ECKey key, Clock clock) {
		this.key = key;
		this.clock = clock;
	}

	String forPerson(DemoPerson person) {
		return signed(claims(person.role()).subject(person.externalId())
			.claim("account", person.account().externalId())
			.claim("email", person.email())
			.claim("name", person.fullName()));
	}

	String forPlatform() {
		return signed(claims(DemoRole.PLATFORM).subject("demo-platform")
			.claim("platform", true)
			.claim("email", "platform@belfry.example")
			.claim("name", "Demo platform"));
	}

	private JWTClaimsSet.Builder claims(DemoRole role) {
		Instant now = this.clock.instant();
		return new JWTClaimsSet.Builder().claim("scope", role.scope())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(VALIDITY)));
	}

	private String signed(JWTClaimsSet.Builder claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims.build());
			token.sign(new ECDSASigner(this.key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
