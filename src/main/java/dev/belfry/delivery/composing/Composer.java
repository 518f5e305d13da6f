package dev.belfry.delivery.composing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

import jakarta.mail.util.StreamProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.values.OneLine;

/**
 * Writes e-mails: the same words as text and as HTML, and the headers that say what they
 * are. The same e-mail is the same to the octet, at each attempt.
 */
public final class Composer {

	private static final Logger log = LoggerFactory.getLogger(Composer.class);

	private static final int LONGEST_SUBJECT = 200;

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	/** "=_" is in no text that is encoded as quoted-printable (RFC 2045, 6.7). */
	private static final String BOUNDARY = "=_belfry";

	/** Looked up once: it reads the services of all jars. */
	private static final StreamProvider STREAMS = StreamProvider.provider();

	private final FromAddress from;

	private final @Nullable URI publicUrl;

	public Composer(MailSettings settings) {
		this.from = FromAddress.of(settings.mail().from());
		this.publicUrl = PublicUrl.of(settings.publicUrl());
	}

	/**
	 * Writes an e-mail and hands it over, or says why it cannot be sent.
	 */
	public <T> T compose(StoredEmail email, Function<Letter, T> handOver, Function<String, T> refused) {
		Letter letter;
		try {
			String recipient = EmailAddress.of(email.address()).ascii();
			letter = new Letter(recipient, this.from.header(), write(email, recipient));
		}
		catch (NoEmailAddress none) {
			return refused.apply("E-mail cannot be sent to this address: " + none.why());
		}
		catch (RuntimeException ex) {
			log.error("The e-mail {} cannot be composed", OneLine.of(email.messageId()), ex);
			return refused.apply("Belfry cannot compose this e-mail. Its log has the reason.");
		}
		return handOver.apply(letter);
	}

	/** What its reader sees of an e-mail. */
	public Mail mail(StoredEmail email) {
		String stop = unsubscribe(email);
		return new Mail(OneLine.cut(OneLine.of(email.content().subject()), LONGEST_SUBJECT), PlainPart.of(email, stop),
				HtmlPart.of(email, stop));
	}

	private byte[] write(StoredEmail email, String recipient) {
		Mail mail = mail(email);
		String text = headers(email, recipient, mail.subject()) + "\r\n" + part("text/plain", mail.text())
				+ part("text/html", mail.html()) + "--" + BOUNDARY + "--\r\n";
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private MailHeaders headers(StoredEmail email, String recipient, String subject) {
		String stop = unsubscribe(email);
		MailHeaders headers = new MailHeaders().add("Message-ID", messageId(email))
			.add("Date", DATE.format(email.createdAt()))
			.add("From", this.from.header())
			.add("To", recipient)
			.addWords("Subject", subject)
			.add("Auto-Submitted", "auto-generated");
		if (stop != null) {
			headers.add("List-Unsubscribe", "<" + stop + ">");
		}
		if (stop != null && stop.startsWith("https:")) {
			headers.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		}
		return headers.add("MIME-Version", "1.0")
			.add("Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"");
	}

	private @Nullable String unsubscribe(StoredEmail email) {
		return (this.publicUrl != null) ? this.publicUrl + "/unsubscribe/" + email.unsubscribeToken() : null;
	}

	private static String messageId(StoredEmail email) {
		return email.messageId().startsWith("<") ? email.messageId() : "<" + email.messageId() + ">";
	}

	private static String part(String type, String content) {
		return "--" + BOUNDARY + "\r\n" + new MailHeaders().add("Content-Type", type + "; charset=UTF-8")
			.add("Content-Transfer-Encoding", "quoted-printable") + "\r\n" + quotedPrintable(content) + "\r\n";
	}

	private static String quotedPrintable(String content) {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (OutputStream encoder = STREAMS.outputQP(encoded)) {
			encoder.write(content.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return encoded.toString(StandardCharsets.US_ASCII);
	}

}
