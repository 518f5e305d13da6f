package dev.belfry.delivery.composing;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mails introduce themselves. The relay is set by {@code spring.mail.*}.
 *
 * @param mail who they are from
 * @param publicUrl where people reach this Belfry, for example
 * {@code https://notifications.example.com}; without it no e-mail has a link to
 * unsubscribe
 */
@ConfigurationProperties("belfry")
public record MailSettings(@DefaultValue Mail mail, @Nullable URI publicUrl) {

	/**
	 * Who e-mails are from.
	 *
	 * @param from a name and an address; bounces go there too unless
	 * {@code mail.smtp.from} of the relay's properties says otherwise
	 */
	record Mail(@DefaultValue("Belfry <notifications@localhost>") String from) {
	}

}
