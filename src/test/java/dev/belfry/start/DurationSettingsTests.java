package dev.belfry.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class DurationSettingsTests {

	/** A line of the README's table of settings whose default is a duration. */
	private static final Pattern DURATION = Pattern.compile("(?m)^\\| `(belfry\\.[a-z.-]+)` \\| `\\d+(ms|s|m|h|d)`");

	@ParameterizedTest
	@MethodSource("durations")
	void refusesWhatIsNoDuration(String setting) {
		for (String nonsense : new String[] { "soon", "-1s" }) {
			assertThatExceptionOfType(StartRefused.class)
				.isThrownBy(() -> DurationSettings.check(environment(setting, nonsense)))
				.withMessage("The setting " + setting + " is '" + nonsense + "'.");
		}
	}

	@ParameterizedTest
	@MethodSource("durations")
	void takesADuration(String setting) {
		assertThatNoException().isThrownBy(() -> DurationSettings.check(environment(setting, "1500ms")));
	}

	@Test
	void knowsTheSettingsByTheReadme() throws IOException {
		assertThat(durations()).contains("belfry.mail.give-up-after", "belfry.shutdown.delay").hasSizeGreaterThan(10);
	}

	static Stream<String> durations() throws IOException {
		return DURATION.matcher(Files.readString(Path.of("README.md")))
			.results()
			.map((MatchResult line) -> line.group(1));
	}

	private static Environment environment(String setting, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(setting, value)));
		return environment;
	}

}
