package dev.belfry.addresses;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An e-mail address that mail can be sent to, by any relay, without quoting or escaping
 * anything. The one place that says which texts are such, how they are kept and shown
 * ({@link #text}), what a relay gets ({@link #ascii}), and which are the same
 * ({@link #key}).
 *
 * @param localPart ASCII; relays that take more (SMTPUTF8) are too few to count on
 */
public record EmailAddress(String localPart, DomainName domain) {

	/** In octets, with the domain in ASCII (RFC 5321, 4.5.3.1). */
	private static final int LONGEST = 254;

	private static final int LONGEST_LOCAL_PART = 64;

	/** Dots, and what may stand between them (RFC 5322, atext). */
	private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]*");

	private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u00AD]");

	/** Signs that programs put in the place of plain ones. */
	private static final String BEAUTIFIED = "’‘ʼ‐‑‒–—−．";

	private static final String PLAIN = "'''------.";

	/**
	 * Reads one address: no list, no name, nothing around it. Fails with
	 * {@link NoEmailAddress}, which says what is wrong.
	 */
	public static EmailAddress of(String text) {
		EmailAddress address = ofSender(text);
		if (!address.domain().ascii().contains(".")) {
			throw new NoEmailAddress(
					"\"" + address.domain().unicode() + "\" is not a complete domain such as shop.example.");
		}
		return address;
	}

	/** Also one that only its own network knows, for example {@code belfry@localhost}. */
	public static EmailAddress ofSender(String text) {
		int at = text.lastIndexOf('@');
		refuseUnseen(text);
		if (at < 0) {
			throw new NoEmailAddress("it has no @.");
		}
		String localPart = text.substring(0, at);
		refuseLocalPart(localPart);
		if (at == text.length() - 1) {
			throw new NoEmailAddress("the part after the @ is missing.");
		}
		DomainName domain = DomainName.of(text.substring(at + 1));
		if (localPart.length() + 1 + domain.ascii().length() > LONGEST) {
			throw new NoEmailAddress("an address has at most 254 characters.");
		}
		return new EmailAddress(localPart, domain);
	}

	public static boolean isValid(String text) {
		return problem(text) == null;
	}

	/** Why a text is no address, as the end of a sentence; null if it is one. */
	public static @Nullable String problem(String text) {
		try {
			of(text);
			return null;
		}
		catch (NoEmailAddress none) {
			return none.why();
		}
	}

	/**
	 * The same for all spellings of an address: letters before the {@code @} may be large
	 * or small, as all known mail servers have it, and the domain in ASCII or in its own
	 * script. What an earlier Belfry took for an address and is none has a key too.
	 */
	public static String key(String text) {
		try {
			return of(text).key();
		}
		catch (NoEmailAddress none) {
			return text.toLowerCase(Locale.ROOT);
		}
	}

	/**
	 * How the address may stand, in lower case, where it was stored: the domain in ASCII
	 * or in its own script, or all as somebody typed it once.
	 */
	public static Set<String> spellings(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		try {
			EmailAddress address = of(text);
			return Set.copyOf(List.of(lower, address.key(), address.text().toLowerCase(Locale.ROOT)));
		}
		catch (NoEmailAddress none) {
			return Set.of(lower);
		}
	}

	/** As it is kept, and as people read it; reading it gives the same address. */
	public String text() {
		return this.localPart + "@" + this.domain.unicode();
	}

	/** As a relay gets it. */
	public String ascii() {
		return this.localPart + "@" + this.domain.ascii();
	}

	public String key() {
		return ascii().toLowerCase(Locale.ROOT);
	}

	private static void refuseUnseen(String text) {
		text.codePoints().forEach((point) -> {
			if (Character.isSpaceChar(point) || Character.isWhitespace(point)) {
				throw new NoEmailAddress("it contains a space.");
			}
			if (UNSEEN.matcher(Character.toString(point)).matches()) {
				throw new NoEmailAddress("it contains an invisible character (U+%04X).".formatted(point));
			}
		});
	}

	private static void refuseLocalPart(String localPart) {
		if (localPart.isEmpty()) {
			throw new NoEmailAddress("the part before the @ is missing.");
		}
		if (!CHARACTERS.matcher(localPart).matches()) {
			throw new NoEmailAddress(unfit(localPart));
		}
		if (localPart.startsWith(".") || localPart.endsWith(".") || localPart.contains("..")) {
			throw new NoEmailAddress("before the @, a dot must be between other characters.");
		}
		if (localPart.length() > LONGEST_LOCAL_PART) {
			throw new NoEmailAddress("the part before the @ has at most 64 characters.");
		}
	}

	/** Of the first character that does not fit. */
	private static String unfit(String localPart) {
		String first = localPart.codePoints()
			.mapToObj(Character::toString)
			.filter((each) -> !CHARACTERS.matcher(each).matches())
			.findFirst()
			.orElseThrow();
		int beautified = BEAUTIFIED.indexOf(first);
		return (beautified < 0)
				? "\"" + first + "\" is not allowed before the @; use letters from a to z, digits and some signs."
				: "\"" + first + "\" is not allowed before the @; use \"" + PLAIN.charAt(beautified) + "\" instead.";
	}

}
