package dev.belfry.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import dev.belfry.testing.Programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartModeTests {

	private static final String DATABASE = "spring.r2dbc.url";

	private static final String DATABASE_URL = "r2dbc:postgresql://localhost/belfry";

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	@Test
	void refusesADatabaseWithoutAnIssuer() {
		FailureAnalysis refusal = refusal(Map.of(DATABASE, DATABASE_URL, JWT + "issuer-uri", ""));

		assertThat(refusal.getDescription()).isEqualTo("A database is set, but no issuer of tokens.");
		assertThat(refusal.getAction()).startsWith("Set spring.security.oauth2.resourceserver.jwt.issuer-uri ")
			.contains("Or set neither");
	}

	@Test
	void refusesAnIssuerWithoutADatabase() {
		for (String key : new String[] { "issuer-uri", "jwk-set-uri", "public-key-location" }) {
			FailureAnalysis refusal = refusal(Map.of(DATABASE, " ", JWT + key, "https://issuer.example"));

			assertThat(refusal.getDescription()).isEqualTo("An issuer of tokens is set, but no database.");
			assertThat(refusal.getAction()).startsWith("Set spring.r2dbc.url ").contains("Or set neither");
		}
	}

	@Test
	void isNotTalkedIntoTheEmbeddedModeBesideAGivenDatabase() {
		GenericApplicationContext context = context(Map.of(DATABASE, DATABASE_URL, JWT + "issuer-uri",
				"https://issuer.example", "belfry.embedded", "true"));

		new StartMode().initialize(context);

		assertThat(context.getEnvironment().getProperty("belfry.embedded")).isEqualTo("false");
	}

	@Test
	void loadsNothingOfTheEmbeddedModeWhenADatabaseIsGiven(@TempDir Path directory) throws Exception {
		Path loaded = directory.resolve("loaded.txt");

		int status = new ProcessBuilder(Programs.java(
				List.of("-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + loaded), WithDatabase.class.getName(),
				List.of("--" + DATABASE + "=" + DATABASE_URL, "--" + JWT + "issuer-uri=https://issuer.example")))
			.inheritIO()
			.start()
			.waitFor();

		assertThat(status).isZero();
		assertThat(belfryClasses(loaded)).contains(StartMode.class.getName())
			.noneMatch((name) -> name.startsWith("dev.belfry.embedded"));
	}

	private static FailureAnalysis refusal(Map<String, Object> properties) {
		GenericApplicationContext context = context(properties);
		StartRefused refused = catchThrowableOfType(StartRefused.class, () -> new StartMode().initialize(context));
		return new StartRefusedAnalyzer().analyze(refused, refused);
	}

	private static GenericApplicationContext context(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		GenericApplicationContext context = new GenericApplicationContext();
		context.setEnvironment(environment);
		return context;
	}

	private static Stream<String> belfryClasses(Path loaded) throws IOException {
		return Files.readAllLines(loaded)
			.stream()
			.map((line) -> line.replaceFirst("^(\\[[^]]*])+ *", "").split(" ")[0])
			.filter((name) -> name.startsWith("dev.belfry."));
	}

	/** Starts and ends without a connection to the database. */
	@ComponentScan("dev.belfry.embedded")
	static class WithDatabase {

		public static void main(String[] arguments) {
			new SpringApplicationBuilder(WithDatabase.class).web(WebApplicationType.NONE).run(arguments).close();
		}

	}

}
