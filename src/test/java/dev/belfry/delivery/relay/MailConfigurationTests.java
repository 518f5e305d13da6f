package dev.belfry.delivery.relay;

import java.nio.file.Path;
import java.time.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.composing.MailSettings;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.loops.Loops;
import dev.belfry.loops.TestLoops;

import static org.assertj.core.api.Assertions.assertThat;

class MailConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
		.withUserConfiguration(MailConfiguration.class, Settings.class)
		.withBean(Clock.class, Clock::systemUTC)
		.withBean(Loops.class, TestLoops::create);

	@Test
	void sendsToTheRelayThatIsSet() {
		try (ScriptedRelay relay = ScriptedRelay.start()) {
			this.runner
				.withPropertyValues("spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.settings().getPort(),
						"belfry.embedded=true", "belfry.mail.from=Bell <bell@sender.example>",
						"belfry.public-url=https://belfry.example")
				.run((context) -> {
					assertThat(context.getBean(Mailer.class).send(Emails.to("ann@shop.example")).verdict())
						.isEqualTo(Verdict.SENT);
					assertThat(relay.conversation().letters().get(0)).contains("From: Bell <bell@sender.example>",
							"List-Unsubscribe: <https://belfry.example/unsubscribe/dG9rZW4>");
				});
		}
	}

	@Test
	void putsEmailsIntoTheDataDirectoryInTheStartWithoutConfiguration(@TempDir Path data) {
		this.runner.withPropertyValues("belfry.embedded=true", "belfry.data-dir=" + data).run((context) -> {
			context.getBean(Mailer.class).send(Emails.to("ann@shop.example"));

			assertThat(data.resolve("mail")).isDirectoryContaining("glob:**.eml");
		});
	}

	@Test
	void keepsEmailsWaitingWhileThereIsNoRelay() {
		this.runner.run((context) -> assertThat(context.getBean(Mailer.class).send(Emails.to("ann@shop.example")))
			.isEqualTo(new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null,
					"No relay is configured: set spring.mail.host")));
	}

	@EnableConfigurationProperties(MailSettings.class)
	static class Settings {

	}

}
