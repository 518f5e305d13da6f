package dev.belfry.delivery.mail;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An address as the relay is told it: the domain in ASCII (Punycode), the part before the
 * {@code @} quoted if need be. Nothing in it can end the command or header it is written
 * to.
 *
 * @param address without angle brackets
 * @param unicode whether only a relay that offers SMTPUTF8 (RFC 6531) can take it
 */
record Recipient(String address, boolean unicode) {

	/** In octets (RFC 5321, 4.5.3.1). */
	private static final int LONGEST_LOCAL_PART = 64;

	private static final int LONGEST = 254;

	private static final String ATEXT = "A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-";

	private static final Pattern LOCAL_PART = Pattern
		.compile("[.%s[[\\p{L}\\p{N}\\p{M}\\p{S}]&&\\P{ASCII}]]+".formatted(ATEXT));

	private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

	private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

	/**
	 * What the older IDNA, which Java knows, makes another domain of: "ß" became "ss".
	 */
	private static final Pattern OTHER_DOMAIN_ONCE = Pattern.compile("[ßẞς\\u200C\\u200D]");

	/** Null for what is not one address that mail can be sent to. */
	static @Nullable Recipient of(String text) {
		int at = text.lastIndexOf('@');
		if (at < 1 || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
			return null;
		}
		String local = quoted(text.substring(0, at));
		String domain = ascii(text.substring(at + 1));
		if (domain == null || octets(local) > LONGEST_LOCAL_PART || octets(local) + 1 + domain.length() > LONGEST) {
			return null;
		}
		return new Recipient(local + "@" + domain, !isAscii(local));
	}

	static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 128);
	}

	/** Dots may only stand between other characters, unless they are quoted. */
	private static String quoted(String local) {
		boolean plain = !local.startsWith(".") && !local.endsWith(".") && !local.contains("..");
		return plain ? local : '"' + local + '"';
	}

	private static @Nullable String ascii(String domain) {
		if (OTHER_DOMAIN_ONCE.matcher(domain).find()) {
			return null;
		}
		try {
			String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
				.toLowerCase(Locale.ROOT);
			return DOMAIN.matcher(ascii).matches() ? ascii : null;
		}
		catch (IllegalArgumentException noDomain) {
			return null;
		}
	}

	private static int octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
