package dev.belfry.start;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.StringUtils;

/**
 * Decides, before any bean is made, on which database Belfry runs: the one it was given
 * together with an issuer of tokens, or one of its own when it was given neither. What
 * follows is in {@code belfry.embedded}, whatever that said before.
 */
class StartMode implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String DATABASE = "spring.r2dbc.url";

	private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

	private static final String[] ISSUERS = { ISSUER, "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
			"spring.security.oauth2.resourceserver.jwt.public-key-location" };

	private static final String OR_NEITHER = " Or set neither, to try Belfry out: then it starts a database of its own.";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		KnownSettings.read().check(environment);
		DurationSettings.check(environment);
		boolean database = given(environment, DATABASE);
		boolean issuer = Stream.of(ISSUERS).anyMatch((key) -> given(environment, key));
		if (database && !issuer) {
			throw new StartRefused("A database is set, but no issuer of tokens.",
					"Set " + ISSUER + " (or jwk-set-uri or public-key-location beside it) too." + OR_NEITHER);
		}
		if (issuer && !database) {
			throw new StartRefused("An issuer of tokens is set, but no database.",
					"Set " + DATABASE + " too, for example to r2dbc:postgresql://localhost:5432/belfry." + OR_NEITHER);
		}
		Map<String, Object> settings = new HashMap<>(database ? Map.of() : startEmbedded(context));
		settings.put("belfry.embedded", !database);
		environment.getPropertySources().addFirst(new MapPropertySource("belfryStart", settings));
	}

	private static Map<String, Object> startEmbedded(ConfigurableApplicationContext context) {
		return SpringFactoriesLoader.forDefaultResourceLocation(context.getClassLoader())
			.load(EmbeddedStart.class)
			.get(0)
			.start(context);
	}

	private static boolean given(ConfigurableEnvironment environment, String key) {
		return StringUtils.hasText(environment.getProperty(key));
	}

}
