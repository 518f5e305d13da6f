package dev.belfry.platform;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which texts are e-mail addresses: those that mail can be sent to, as they stand,
 * without quoting or escaping anything.
 */
public final class EmailAddress {

	/** In bytes, with the domain in ASCII (RFC 5321). */
	private static final int LONGEST = 254;

	private static final int LONGEST_LOCAL_PART = 64;

	private static final String WORD = "[^\\p{C}\\p{Z}@<>()\\[\\],;:\"\\\\.]+";

	private static final Pattern LOCAL_PART = Pattern.compile(WORD + "(?:\\." + WORD + ")*");

	private static final String TYPED_LABEL = "[\\p{L}\\p{Nd}](?:[\\p{L}\\p{Nd}\\p{M}-]*[\\p{L}\\p{Nd}\\p{M}])?";

	private static final Pattern TYPED_DOMAIN = Pattern.compile(TYPED_LABEL + "(?:\\." + TYPED_LABEL + ")+");

	private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

	/** The last label of an IP address is a number. */
	private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)+(?![0-9]+$)" + LABEL);

	private EmailAddress() {
	}

	/** One address: no list, no display name, no line break. */
	public static boolean isValid(String text) {
		int at = text.lastIndexOf('@');
		if (at < 0 || text.length() > LONGEST || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
			return false;
		}
		int localPart = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
		String domain = asciiDomain(text.substring(at + 1));
		return domain != null && localPart <= LONGEST_LOCAL_PART && localPart + 1 + domain.length() <= LONGEST;
	}

	/**
	 * The same for all spellings of an address that differ in the case of letters or in
	 * how an international domain is written.
	 */
	public static String key(String address) {
		int at = address.lastIndexOf('@');
		String domain = asciiDomain(address.substring(at + 1));
		if (domain == null) {
			throw new IllegalArgumentException("This is not an e-mail address.");
		}
		return address.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain;
	}

	/**
	 * How the address may stand where it was stored as somebody typed it: all in lower
	 * case, the domain in ASCII or in its own script.
	 */
	public static Set<String> spellings(String address) {
		String key = key(address);
		int domain = key.lastIndexOf('@') + 1;
		return Set.copyOf(List.of(key, key.substring(0, domain) + IDN.toUnicode(key.substring(domain)),
				address.toLowerCase(Locale.ROOT)));
	}

	/**
	 * The domain as mail is sent to it, or null if it is none. What it is made of is
	 * looked at before and after: some single letters become several characters, a dot or
	 * a space among them.
	 */
	private static @Nullable String asciiDomain(String typed) {
		if (!TYPED_DOMAIN.matcher(typed).matches()) {
			return null;
		}
		try {
			String domain = IDN.toASCII(typed, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES)
				.toLowerCase(Locale.ROOT);
			return DOMAIN.matcher(domain).matches() ? domain : null;
		}
		catch (IllegalArgumentException noDomain) {
			return null;
		}
	}

}
