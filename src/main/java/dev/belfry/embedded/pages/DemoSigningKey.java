package dev.belfry.embedded.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import dev.belfry.embedded.postgres.OwnerOnly;

/** The key pair of the demo's tokens. It is kept, so that tokens outlive a restart. */
final class DemoSigningKey {

	private DemoSigningKey() {
	}

	static ECKey keptIn(Path file) {
		try {
			return ECKey.parse(OwnerOnly.secret(file, DemoSigningKey::generate));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException("The demo's signing key cannot be kept in " + file, ex);
		}
	}

	private static String generate() {
		try {
			return new ECKeyGenerator(Curve.P_256).generate().toJSONString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
