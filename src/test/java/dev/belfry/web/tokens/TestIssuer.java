package dev.belfry.web.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An issuer of tokens with keys that come and go, and that can fall silent. */
final class TestIssuer implements AutoCloseable {

	private final HttpServer server;

	private final List<JWK> keys = new CopyOnWriteArrayList<>();

	private final AtomicInteger questions = new AtomicInteger();

	private volatile boolean broken;

	private TestIssuer(HttpServer server) {
		this.server = server;
	}

	static TestIssuer start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			TestIssuer issuer = new TestIssuer(server);
			server.createContext("/keys", issuer::answerKeys);
			server.createContext("/realms/shop/.well-known/openid-configuration", issuer::answerMetadata);
			server.start();
			return issuer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static ECKey newKey(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String name() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/realms/shop";
	}

	String keysUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/keys";
	}

	void publish(ECKey... published) {
		this.keys.clear();
		for (ECKey key : published) {
			this.keys.add(key.toPublicJWK());
		}
	}

	/** From now on, or no more, it answers with an error. */
	void breakDown(boolean down) {
		this.broken = down;
	}

	/** How often it was asked for its keys. */
	int questions() {
		return this.questions.get();
	}

	String token(ECKey key, Instant now, Duration validFor) {
		return token(key,
				new JWTClaimsSet.Builder().subject("ann")
					.issuer(name())
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plus(validFor)))
					.build());
	}

	static String token(ECKey key, JWTClaimsSet claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					claims);
			token.sign(new ECDSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answerKeys(HttpExchange exchange) throws IOException {
		this.questions.incrementAndGet();
		answer(exchange, new JWKSet(this.keys).toString(true));
	}

	private void answerMetadata(HttpExchange exchange) throws IOException {
		answer(exchange, "{\"issuer\":\"" + name() + "\",\"jwks_uri\":\"" + keysUrl() + "\"}");
	}

	private void answer(HttpExchange exchange, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.broken ? 503 : 200, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
