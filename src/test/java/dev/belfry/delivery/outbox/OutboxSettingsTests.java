package dev.belfry.delivery.outbox;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.start.StartRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboxSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	/**
	 * Today it is as somebody typed it, and no e-mail with such a message id goes out.
	 */
	@ParameterizedTest
	@CsvSource({ "Belfry <mail@straße.example>, xn--strae-oqa.example", "mail@BÜCHER.example, xn--bcher-kva.example",
			"Belfry <notifications@localhost>, localhost" })
	void knowsTheDomainOfMessageIdsInAscii(String from, String domain) {
		assertThat(new OutboxSettings(from, 2_000, 8, SECOND, SECOND, SECOND, SECOND, SECOND).domain())
			.isEqualTo(domain);
	}

	@Test
	void refusesWhatCannotWork() {
		refuses(-1, 8, SECOND, "belfry.mail.daily-cap is -1.");
		refuses(2_000, -1, SECOND, "belfry.mail.threads is -1.");
		refuses(2_000, 100_000, SECOND, "belfry.mail.threads is 100000.");
		refuses(2_000, 8, Duration.ZERO, "belfry.mail.poll-interval is PT0S.");
	}

	private static void refuses(int dailyCap, int threads, Duration pollInterval, String why) {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> new OutboxSettings("a@b.example", dailyCap, threads, pollInterval, SECOND, SECOND, SECOND,
					SECOND))
			.withMessage(why);
	}

}
