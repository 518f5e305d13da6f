package dev.belfry.halts;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * An e-mail by its {@code Message-ID}, the address that it is to, and its subject, which
 * says whether a notification or which version of an alert has caused it.
 */
record Mail(String messageId, String address, String subject) {

	static Mail of(MimeMessage message) {
		try {
			return new Mail(message.getMessageID(), message.getAllRecipients()[0].toString(), message.getSubject());
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
