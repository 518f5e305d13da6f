package dev.belfry.web.tokens;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import org.jspecify.annotations.Nullable;

/**
 * Asks the issuer of tokens for its keys. Where they are it says at a well-known place,
 * which is looked for once.
 */
final class Issuer implements Callable<JWKSet> {

	private static final int CONNECT_MILLIS = 2000;

	private static final int READ_MILLIS = 3000;

	private static final int LARGEST = 1 << 20;

	private final ResourceRetriever http = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST);

	private final @Nullable String name;

	private volatile @Nullable URL keys;

	private Issuer(@Nullable String name, @Nullable URL keys) {
		this.name = name;
		this.keys = keys;
	}

	static Issuer named(String name) {
		return new Issuer(name, null);
	}

	static Issuer withKeysAt(String url) throws IOException {
		return new Issuer(null, URI.create(url).toURL());
	}

	@Override
	public JWKSet call() throws IOException, ParseException {
		URL place = this.keys;
		if (place == null) {
			place = discover(String.valueOf(this.name));
			this.keys = place;
		}
		return JWKSet.parse(this.http.retrieveResource(place).getContent());
	}

	private URL discover(String issuer) throws IOException {
		IOException problem = new IOException("No issuer");
		for (URI place : places(issuer)) {
			try {
				return keysOf(issuer, JSONObjectUtils.parse(this.http.retrieveResource(place.toURL()).getContent()));
			}
			catch (IOException | ParseException ex) {
				problem = new IOException("The issuer " + issuer + " does not say where its keys are", ex);
			}
		}
		throw problem;
	}

	/** By OpenID Connect Discovery 1.0, section 4, and RFC 8414, sections 3 and 5. */
	private static List<URI> places(String issuer) {
		URI uri = URI.create(issuer);
		String path = uri.getRawPath().replaceFirst("/$", "");
		return List.of(uri.resolve(path + "/.well-known/openid-configuration"),
				uri.resolve("/.well-known/openid-configuration" + path),
				uri.resolve("/.well-known/oauth-authorization-server" + path));
	}

	private static URL keysOf(String issuer, Map<String, Object> metadata) throws IOException, ParseException {
		String said = JSONObjectUtils.getString(metadata, "issuer");
		if (!issuer.equals(said)) {
			throw new IOException("Its metadata names the issuer " + said);
		}
		return URI.create(String.valueOf(JSONObjectUtils.getString(metadata, "jwks_uri"))).toURL();
	}

}
