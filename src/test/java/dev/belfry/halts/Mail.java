package dev.belfry.halts;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/** An e-mail by its {@code Message-ID}, and the address that it is to. */
record Mail(String messageId, String address) {

	static Mail of(MimeMessage message) {
		try {
			return new Mail(message.getMessageID(), message.getAllRecipients()[0].toString());
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
