package dev.belfry.embedded.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import dev.belfry.start.StartRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ZeroConfigurationStartTests {

	@TempDir
	private static Path directory;

	@Test
	void listensOnThisMachineOnlyWhateverElseIsAskedFor() {
		try (ConfigurableApplicationContext context = start(directory, "--server.address=0.0.0.0",
				"--belfry.embedded=false")) {
			Environment environment = context.getEnvironment();

			assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
			assertThat(environment.getProperty("management.server.address")).isNull();
			assertThat(environment.getProperty("belfry.embedded")).isEqualTo("true");
		}
	}

	@Test
	void listensOnThisMachineOnlyForItsManagersToo() {
		try (ConfigurableApplicationContext context = start(directory, "--management.server.port=0",
				"--management.server.address=0.0.0.0")) {
			assertThat(context.getEnvironment().getProperty("management.server.address")).isEqualTo("127.0.0.1");
		}
	}

	@Test
	void refusesADirectoryThatAnotherBelfryUses() {
		ConfigurableApplicationContext first = start(directory);

		try (first) {
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> start(directory))
				.withMessageStartingWith("Another Belfry is running ");
		}
	}

	@Test
	void stopsItsDatabaseWithTheApplication() {
		Path running = directory.resolve("postgres/data/postmaster.pid");

		try (ConfigurableApplicationContext context = start(directory)) {
			context.getBean(EmbeddedDatabase.class).awaitReady();
			assertThat(running).exists();
		}

		assertThat(running).doesNotExist();
	}

	@Test
	void tellsWhyItsDatabaseDoesNotStart(@TempDir Path other) throws Exception {
		Files.createDirectories(other.resolve("postgres/data"));

		try (ConfigurableApplicationContext context = start(other)) {
			assertThatExceptionOfType(StartRefused.class)
				.isThrownBy(() -> context.getBean(EmbeddedDatabase.class).awaitReady())
				.withMessageStartingWith("Belfry's own PostgreSQL cannot be started: ")
				.satisfies((refused) -> assertThat(refused.action()).contains("server.log", "spring.r2dbc.url"));
		}
	}

	private static ConfigurableApplicationContext start(Path data, String... arguments) {
		// Blank is as good as absent, and hides what other tests of this JVM have set.
		Stream<String> blank = Stream.of("--spring.r2dbc.url=",
				"--spring.security.oauth2.resourceserver.jwt.public-key-location=", "--belfry.data-dir=" + data);
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.run(Stream.concat(blank, Stream.of(arguments)).toArray(String[]::new));
	}

	static class Nothing {

	}

}
