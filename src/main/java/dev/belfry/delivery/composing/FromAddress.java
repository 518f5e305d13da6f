package dev.belfry.delivery.composing;

import java.io.UnsupportedEncodingException;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import dev.belfry.addresses.DomainName;
import dev.belfry.addresses.EmailAddress;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.start.StartRefused;
import dev.belfry.values.OneLine;

/**
 * Whom e-mails are from, as {@code belfry.mail.from} says it.
 *
 * @param header name and address as the header {@code From} has them
 * @param domain of the address
 */
public record FromAddress(String header, DomainName domain) {

	/** Refuses to start with what no e-mail can be from. */
	public static FromAddress of(String setting) {
		String text = setting.strip();
		int open = text.endsWith(">") ? text.lastIndexOf('<') : -1;
		try {
			EmailAddress address = EmailAddress
				.ofSender((open < 0) ? text : text.substring(open + 1, text.length() - 1).strip());
			return new FromAddress(header((open < 0) ? "" : text.substring(0, open), address), address.domain());
		}
		catch (NoEmailAddress none) {
			throw refused(setting, none.why());
		}
		catch (AddressException | UnsupportedEncodingException ex) {
			throw refused(setting, "its name is not allowed before an address.");
		}
	}

	private static String header(String name, EmailAddress address)
			throws AddressException, UnsupportedEncodingException {
		if (!OneLine.is(name)) {
			throw new AddressException();
		}
		InternetAddress read = new InternetAddress(name + "<" + address.ascii() + ">", true);
		return new InternetAddress(address.ascii(), read.getPersonal(), "UTF-8").toString();
	}

	private static StartRefused refused(String setting, String why) {
		return new StartRefused("E-mails cannot be from \"" + OneLine.of(setting) + "\": " + why,
				"Set belfry.mail.from to a name and an address, for example Belfry <notifications@example.com>.");
	}

}
