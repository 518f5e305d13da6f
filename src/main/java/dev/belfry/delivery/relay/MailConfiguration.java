package dev.belfry.delivery.relay;

import java.nio.file.Path;
import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import dev.belfry.delivery.composing.Composer;
import dev.belfry.delivery.composing.MailSettings;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.start.SteadyClock;
import reactor.core.publisher.Mono;

/**
 * Where e-mails go: to the relay that {@code spring.mail.host} names; without one, in the
 * start without configuration, into a folder of the data directory; and else nowhere, so
 * that they wait until there is a relay.
 */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

	@Bean
	Composer composer(MailSettings settings) {
		return new Composer(settings);
	}

	@Bean
	Mailer mailer(Composer composer, ObjectProvider<JavaMailSenderImpl> relays, Clock clock, Loops loops,
			@Value("${belfry.embedded:false}") boolean embedded,
			@Value("${belfry.data-dir:belfry-data}") Path dataDirectory) {
		JavaMailSenderImpl relay = relays.getIfAvailable();
		if (relay != null) {
			SmtpMailer mailer = new SmtpMailer(composer, relay, new SteadyClock(clock));
			loops.run(
					LoopPlan.every(SmtpMailer.LONGEST_IDLE.dividedBy(2), "idle relay connections",
							"Connections to the relay that nobody needs any more stay open"),
					() -> Mono.fromRunnable(mailer::closeIdle));
			return mailer;
		}
		return embedded ? new FolderMailer(composer, dataDirectory.resolve("mail")) : MailConfiguration::withoutRelay;
	}

	private static AttemptOutcome withoutRelay(StoredEmail email) {
		return new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null,
				"No relay is configured: set spring.mail.host");
	}

}
