package dev.belfry.delivery.history;

import java.time.Instant;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Composer;
import dev.belfry.delivery.composing.Mail;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.StoredEmail;

/** Previews of e-mails that are not queued, as their recipients would see them. */
@Component
public class MailPreviews {

	private final Composer composer;

	MailPreviews(Composer composer) {
		this.composer = composer;
	}

	/** An e-mail of a topic; its link to unsubscribe has no token. */
	public Mail of(String accountName, String topicTitle, MailContent content) {
		return this.composer.mail(new StoredEmail("", Instant.EPOCH, "", accountName, new Topic(""), topicTitle,
				content, Deliveries.NO_TOKEN));
	}

}
