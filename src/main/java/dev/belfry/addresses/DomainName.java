package dev.belfry.addresses;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.belfry.values.OneLine;

/**
 * A domain that names a host. The two ways to write it stand for each other: each is made
 * of the other, and no two domains have one in common.
 *
 * @param unicode as people read it, in lower case
 * @param ascii as the protocols have it, in lower case (Punycode)
 */
public record DomainName(String unicode, String ascii) {

	/** In ASCII (RFC 1035). */
	private static final int LONGEST = 253;

	private static final int LONGEST_LABEL = 63;

	private static final String PREFIX = "xn--";

	private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern NUMBER = Pattern.compile("[0-9]+");

	/**
	 * Reads a domain, also one that only its own network knows, for example
	 * {@code localhost}. Fails with {@link NoEmailAddress}, which says what is wrong.
	 */
	public static DomainName of(String typed) {
		if (typed.length() > LONGEST) {
			throw new NoEmailAddress("a domain has at most 253 characters.");
		}
		List<String> unicode = new ArrayList<>();
		List<String> ascii = new ArrayList<>();
		for (String part : typed.split("\\.", -1)) {
			String label = ascii(part);
			if (label == null) {
				throw new NoEmailAddress("\"" + shown(part) + "\" cannot be a part of a domain.");
			}
			ascii.add(label);
			unicode.add(unicode(label));
		}
		DomainName domain = new DomainName(String.join(".", unicode), String.join(".", ascii));
		if (domain.ascii().length() > LONGEST) {
			throw new NoEmailAddress("a domain has at most 253 characters.");
		}
		if (NUMBER.matcher(ascii.get(ascii.size() - 1)).matches()) {
			throw new NoEmailAddress("a domain does not end with a number.");
		}
		if (!BidiRule.isKept(unicode)) {
			throw new NoEmailAddress("\"" + shown(typed) + "\" mixes left-to-right and right-to-left scripts.");
		}
		return domain;
	}

	/** A label as DNS has it; null for what is none. */
	private static @Nullable String ascii(String typed) {
		if (typed.length() > LONGEST_LABEL) {
			return null;
		}
		String label = InternationalLabel.mapped(typed);
		if (OneLine.isAscii(label)) {
			return LABEL.matcher(label).matches() ? label : null;
		}
		if (!InternationalLabel.isValid(label)) {
			return null;
		}
		String encoded = PREFIX + Punycode.encode(label);
		return (encoded.length() <= LONGEST_LABEL) ? encoded : null;
	}

	/** As people read it; what nobody could have typed so stays as DNS has it. */
	private static String unicode(String label) {
		String decoded = label.startsWith(PREFIX) ? Punycode.decode(label.substring(PREFIX.length())) : null;
		return (decoded != null && label.equals(ascii(decoded)) && decoded.equals(InternationalLabel.mapped(decoded)))
				? decoded : label;
	}

	private static String shown(String typed) {
		return OneLine.shown(typed);
	}

}
