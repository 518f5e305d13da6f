package dev.belfry.delivery.composing;

import java.io.IOException;
import java.io.OutputStream;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

/**
 * An e-mail as it is sent.
 *
 * @param recipient the one address it goes to, in ASCII
 * @param from whom it is from, as its header says
 * @param octets headers, text and HTML (RFC 5322)
 */
public record Letter(String recipient, String from, byte[] octets) {

	public MimeMessage message(Session session) {
		return new Written(session, this);
	}

	public Address[] recipients() {
		InternetAddress address = new InternetAddress();
		address.setAddress(this.recipient);
		return new Address[] { address };
	}

	/** Is handed over as it is: nothing is parsed only to be written again. */
	private static final class Written extends MimeMessage {

		private final Letter letter;

		Written(Session session, Letter letter) {
			super(session);
			this.letter = letter;
		}

		/** Gets bounces if no other address is set for them. */
		@Override
		public Address[] getFrom() throws MessagingException {
			return InternetAddress.parse(this.letter.from());
		}

		@Override
		public void writeTo(OutputStream output) throws IOException {
			output.write(this.letter.octets());
		}

		@Override
		public void writeTo(OutputStream output, String[] ignored) throws IOException {
			writeTo(output);
		}

	}

}
