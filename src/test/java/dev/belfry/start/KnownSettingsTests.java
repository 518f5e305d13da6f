package dev.belfry.start;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@ExtendWith(OutputCaptureExtension.class)
class KnownSettingsTests {

	private final KnownSettings settings = KnownSettings.read();

	@Test
	void refusesWhatIsMistyped() {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> check("belfry.live.pol-interval", "belfry.mail.dailycaps"))
			.withMessage("Belfry has no setting belfry.live.pol-interval, and no setting belfry.mail.dailycaps.")
			.extracting(StartRefused::action)
			.isEqualTo("Did you mean belfry.live.poll-interval? Did you mean belfry.mail.daily-cap?"
					+ " The README lists all settings.");
	}

	@Test
	void suggestsNothingThatIsQuiteDifferent() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> check("belfry.colour"))
			.extracting(StartRefused::action)
			.isEqualTo("The README lists all settings.");
	}

	@Test
	void takesThemAsSpringDoes() {
		assertThatNoException().isThrownBy(() -> check("belfry.live.poll-interval", "belfry.live.pollInterval",
				"belfry.cors.origins[0]", "belfry.cors.origins", "belfry.quotas.user.reads", "belfry.data-dir",
				"spring.nonsense", "belfryX"));
	}

	/** Others may have theirs there. */
	@Test
	void warnsOfWhatTheEnvironmentHas(CapturedOutput output) {
		check(environment("BELFRY_LIVE_POLL_INTERVAL", "BELFRY_LIVE_POLLINTERVAL", "BELFRY_CORS_ORIGINS_0",
				"BELFRY_MAIL_DAYLY_CAP", "BELFRY_HOME"));

		assertThat(output.getAll().lines()).singleElement()
			.asString()
			.endsWith(
					"Belfry has no setting BELFRY_MAIL_DAYLY_CAP, and ignores it. Did you mean belfry.mail.daily-cap?");
	}

	@Test
	void ignoresWhatKubernetesSaysOfAService(CapturedOutput output) {
		check(environment("BELFRY_SERVICE_HOST", "BELFRY_SERVICE_PORT_HTTP", "BELFRY_PORT",
				"BELFRY_PORT_8080_TCP_ADDR"));

		assertThat(output.getAll()).isEmpty();
	}

	private void check(String... names) {
		check(new MapPropertySource("a file", values(names)));
	}

	private void check(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().addFirst(source);
		this.settings.check(environment);
	}

	private static PropertySource<?> environment(String... names) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				values(names));
	}

	private static Map<String, Object> values(String... names) {
		return Stream.of(names).collect(Collectors.toMap((name) -> name, (name) -> "1"));
	}

}
