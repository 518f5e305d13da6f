package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/** Signs tokens that the application under test accepts. */
public final class TestTokens {

	public static final String ALL_SCOPES = "notifications:read notifications:write settings:read settings:write "
			+ "alerts:read alerts:write deliveries:read deliveries:write keys:write";

	public static final String PLATFORM_SCOPES = "events:write accounts:write";

	private static final KeyPair KEYS = newKeys();

	private TestTokens() {
	}

	/** A user of an account, both by their external ids. */
	public static String user(String account, String sub, String scopes) {
		return sign(
				Map.of("account", account, "sub", sub, "scope", scopes, "name", sub, "email", sub + "@shop.example"),
				Duration.ofHours(1));
	}

	public static String owner(String account) {
		return user(account, "owner", ALL_SCOPES);
	}

	public static String platform() {
		return sign(Map.of("sub", "platform", "platform", true, "scope", PLATFORM_SCOPES), Duration.ofHours(1));
	}

	public static String sign(Map<String, Object> claims, Duration validFor) {
		return sign(claims, Date.from(Instant.now().plus(validFor)));
	}

	/** A token that counts for ever, as far as it says. */
	public static String withoutExpiry(Map<String, Object> claims) {
		return sign(claims, (Date) null);
	}

	private static String sign(Map<String, Object> claims, @Nullable Date expiry) {
		try {
			JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().expirationTime(expiry);
			claims.forEach(set::claim);
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), set.build());
			token.sign(new RSASSASigner(KEYS.getPrivate()));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The public key in a file, as Spring Security reads it. */
	static Path publicKey() {
		try {
			Path file = Files.createTempFile("belfry-test-key", ".pem");
			file.toFile().deleteOnExit();
			String key = Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded());
			return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KeyPair newKeys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
