package dev.belfry.delivery.composing;

import java.io.ByteArrayInputStream;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/**
 * An e-mail as it is sent.
 *
 * @param recipient the one address it goes to, in ASCII
 * @param octets headers, text and HTML (RFC 5322)
 */
public record Letter(String recipient, byte[] octets) {

	public MimeMessage message(Session session) throws MessagingException {
		return new MimeMessage(session, new ByteArrayInputStream(this.octets));
	}

	public Address[] recipients() {
		InternetAddress address = new InternetAddress();
		address.setAddress(this.recipient);
		return new Address[] { address };
	}

}
