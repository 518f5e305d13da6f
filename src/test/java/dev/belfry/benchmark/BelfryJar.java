package dev.belfry.benchmark;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.belfry.testing.Programs;

/** The built jar in a process of its own, started as the README says. */
public final class BelfryJar implements AutoCloseable {

	private static final Path JAR = Path.of("target", "belfry.jar");

	private static final Duration START = Duration.ofMinutes(3);

	private static final Duration VALID = Duration.ofHours(8);

	private final Process process;

	private final int port;

	private final KeyPair keys;

	private final Duration start;

	private BelfryJar(Process process, int port, KeyPair keys, Duration start) {
		this.process = process;
		this.port = port;
		this.keys = keys;
		this.start = start;
	}

	/** Another jar, for tokens of an issuer that publishes its keys there. */
	public static BelfryJar start(Path jar, int databasePort, String database, String keysUrl, String... settings)
			throws IOException, InterruptedException {
		List<String> all = new ArrayList<>(List.of("spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + keysUrl,
				"spring.security.oauth2.resourceserver.jwt.jws-algorithms=ES256"));
		all.addAll(List.of(settings));
		return start(jar, databasePort, database, List.of(), all, newKeys());
	}

	/** Waits until it is ready, with its tables made. */
	public static BelfryJar start(int databasePort, String database) throws IOException, InterruptedException {
		return start(databasePort, database, List.of(), List.of());
	}

	/** With more options of the JVM, and more settings of Belfry. */
	public static BelfryJar start(int databasePort, String database, List<String> options, List<String> settings)
			throws IOException, InterruptedException {
		KeyPair keys = newKeys();
		List<String> all = new ArrayList<>(settings);
		all.add("spring.security.oauth2.resourceserver.jwt.public-key-location=" + publicKey(keys));
		return start(JAR, databasePort, database, options, all, keys);
	}

	private static BelfryJar start(Path jar, int databasePort, String database, List<String> options,
			List<String> settings, KeyPair keys) throws IOException, InterruptedException {
		if (!Files.exists(jar)) {
			throw new IllegalStateException("There is no " + jar + ": run ./mvnw -DskipTests package before.");
		}
		int port = Programs.freePort();
		List<String> command = command(jar, options, port);
		command.addAll(List.of("--spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:" + databasePort + "/" + database,
				"--spring.r2dbc.username=postgres", "--spring.r2dbc.password=postgres", "--belfry.shutdown.delay=0s"));
		// They measure what a node can do, and not what it lets one client have.
		if (settings.stream().noneMatch((setting) -> setting.startsWith("belfry.quotas."))) {
			command.add("--belfry.quotas.burst=1h");
		}
		settings.forEach((setting) -> command.add("--" + setting));
		return start(new ProcessBuilder(command), port, keys);
	}

	/** With the embedded database, which stays in a directory. */
	public static BelfryJar startEmbedded(Path directory) throws IOException {
		int port = Programs.freePort();
		return start(new ProcessBuilder(command(JAR.toAbsolutePath(), List.of(), port)).directory(directory.toFile()),
				port, newKeys());
	}

	private static List<String> command(Path jar, List<String> options, int port) {
		List<String> command = new ArrayList<>();
		command.add(Programs.jdk("java"));
		Path prepared = jar.resolveSibling("belfry.options");
		if (Files.exists(prepared)) {
			command.add("@" + prepared);
		}
		command.addAll(options);
		command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port));
		return command;
	}

	private static BelfryJar start(ProcessBuilder builder, int port, KeyPair keys) throws IOException {
		long start = System.nanoTime();
		Process process = builder.redirectErrorStream(true).redirectOutput(log(port).toFile()).start();
		Programs.awaitReady(process, log(port), START, () -> isReady(port));
		return new BelfryJar(process, port, keys, Duration.ofNanos(System.nanoTime() - start));
	}

	/** How long it took from its start until it was ready, to a tenth of a second. */
	public Duration start() {
		return this.start;
	}

	public int port() {
		return this.port;
	}

	public long pid() {
		return this.process.pid();
	}

	/** A token of the platform, which may log completions of all accounts. */
	public String token() {
		return sign(new JWTClaimsSet.Builder().subject("platform")
			.claim("platform", true)
			.claim("scope", "events:write accounts:write"));
	}

	/** A token of a user of an account, both by their external ids. */
	public String token(String account, String user) {
		return sign(new JWTClaimsSet.Builder().subject(user)
			.claim("account", account)
			.claim("name", user)
			.claim("scope", "notifications:read"));
	}

	private String sign(JWTClaimsSet.Builder claims) {
		Date expiry = Date.from(Instant.now().plus(VALID));
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.expirationTime(expiry).build());
		try {
			token.sign(new RSASSASigner(this.keys.getPrivate()));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

	private static boolean isReady(int port) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI
				.create("http://127.0.0.1:" + port + "/actuator/health/readiness")
				.toURL()
				.openConnection();
			return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
		}
		catch (IOException notYet) {
			return false;
		}
	}

	private static Path log(int port) {
		return Path.of("target", "benchmark-belfry-" + port + ".log");
	}

	private static String publicKey(KeyPair keys) throws IOException {
		Path file = Files.createTempFile("belfry-benchmark", ".pem");
		file.toFile().deleteOnExit();
		String key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
		Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
		return file.toUri().toString();
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
