package dev.belfry.testing;

import java.io.IOException;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/** An e-mail as it arrived at one address, both of its parts decoded. */
public record ReceivedMail(String address, String subject, String messageId, String text, String html) {

	static ReceivedMail of(MimeMessage message) {
		try {
			MimeMultipart parts = (MimeMultipart) message.getContent();
			return new ReceivedMail(message.getAllRecipients()[0].toString(), message.getSubject(),
					message.getMessageID(), content(parts.getBodyPart(0)), content(parts.getBodyPart(1)));
		}
		catch (IOException | MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String content(BodyPart part) throws IOException, MessagingException {
		return (String) part.getContent();
	}

	/** The address without its domain. */
	public String name() {
		return this.address.substring(0, this.address.indexOf('@'));
	}

}
