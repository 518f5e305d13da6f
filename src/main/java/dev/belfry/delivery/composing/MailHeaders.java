package dev.belfry.delivery.composing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import jakarta.mail.internet.MimeUtility;

import dev.belfry.values.OneLine;

/**
 * The headers of an e-mail as they are sent. Refuses what could end a header before its
 * time, whoever lets it through.
 */
final class MailHeaders {

	/** Makes an encoded word of at most 75 characters (RFC 2047, 2). */
	private static final int OCTETS_OF_A_WORD = 39;

	private static final Pattern SAFE = Pattern.compile("[ -~]*(?:\r\n [ -~]+)*");

	private final StringBuilder text = new StringBuilder();

	MailHeaders add(String name, String value) {
		if (!SAFE.matcher(value).matches()) {
			throw new IllegalArgumentException("This must not be in the header " + name);
		}
		this.text.append(name).append(": ").append(value).append("\r\n");
		return this;
	}

	/** A header of a person's words, which are encoded if need be. */
	MailHeaders addWords(String name, String words) {
		boolean plain = OneLine.isAscii(words) && !words.contains("=?");
		return add(name, plain ? MimeUtility.fold(name.length() + 2, words) : encoded(words));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	private static String encoded(String words) {
		StringBuilder encoded = new StringBuilder();
		StringBuilder word = new StringBuilder();
		words.codePoints().mapToObj(Character::toString).forEach((character) -> {
			if (octets(word + character).length > OCTETS_OF_A_WORD) {
				encoded.append(encodedWord(word)).append("\r\n ");
				word.setLength(0);
			}
			word.append(character);
		});
		return encoded.append(encodedWord(word)).toString();
	}

	private static String encodedWord(StringBuilder word) {
		return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets(word)) + "?=";
	}

	private static byte[] octets(CharSequence text) {
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

}
