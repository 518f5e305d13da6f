package dev.belfry.addresses;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Lists of e-mail addresses as people type and paste them:
 * {@code a@x.com, "Doe, Jane" <j@y.com>; Roe, Rick <r@y.com>}. A name is passed over, and
 * so is a place where nothing stands.
 */
public final class Addresses {

	private static final Pattern SPACE = Pattern.compile("[\\p{javaWhitespace}\\p{Z}]+");

	private static final String LINK = "mailto:";

	private Addresses() {
	}

	/** Each address of a text, in its order, good or bad. */
	public static List<Typed> read(String text) {
		return read(text, true);
	}

	/**
	 * The only address of a text, as it is kept. Fails with {@link NoEmailAddress} if
	 * there is none or several.
	 */
	public static String one(String text) {
		List<Typed> typed = read(text);
		if (typed.size() != 1) {
			throw new NoEmailAddress(typed.isEmpty() ? "it is empty." : "there is more than one address.");
		}
		String address = typed.get(0).address();
		if (address == null) {
			throw new NoEmailAddress(Objects.requireNonNull(typed.get(0).problem()));
		}
		return address;
	}

	/** The list as a person would type it; reading it gives the same addresses. */
	public static String print(List<String> addresses) {
		return String.join(", ", addresses);
	}

	/** Without those that are another spelling of one before them. */
	public static List<String> distinct(List<String> addresses) {
		Map<String, String> distinct = new LinkedHashMap<>();
		addresses.forEach((address) -> distinct.putIfAbsent(EmailAddress.key(address), address));
		return List.copyOf(distinct.values());
	}

	private static List<Typed> read(String text, boolean mayBeQuoted) {
		List<Typed> typed = new ArrayList<>();
		for (String place : AddressPlaces.of(text)) {
			String quoted = mayBeQuoted ? quoted(place) : null;
			if (quoted != null) {
				typed.addAll(read(quoted, false));
			}
			else {
				String[] several = SPACE.split(place);
				for (String each : isSeveral(several) ? several : new String[] { place }) {
					typed.add(typed(each));
				}
			}
		}
		return typed;
	}

	/** What is in quotation marks as a whole, as spreadsheets write it. */
	private static @Nullable String quoted(String place) {
		boolean whole = place.length() > 2 && place.startsWith("\"") && place.endsWith("\"") && place.contains("@");
		return whole ? place.substring(1, place.length() - 1).replace("\"\"", "\"") : null;
	}

	private static boolean isSeveral(String[] words) {
		for (String word : words) {
			if (word.indexOf('@') < 0 || word.indexOf('<') >= 0) {
				return false;
			}
		}
		return words.length > 1;
	}

	private static Typed typed(String place) {
		try {
			return new Typed(place, EmailAddress.of(address(place)).text(), null);
		}
		catch (NoEmailAddress none) {
			return new Typed(place, null, none.why());
		}
	}

	/** What stands there without a name, and without what programs put around it. */
	private static String address(String place) {
		String address = place;
		if (place.endsWith(">")) {
			int open = place.lastIndexOf('<');
			if (open < 0 || !AddressPlaces.isName(place.substring(0, open))) {
				throw new NoEmailAddress("< and > must enclose only the address.");
			}
			address = AddressPlaces.stripped(place.substring(open + 1, place.length() - 1));
		}
		if (address.length() > 2 && address.startsWith("'") && address.endsWith("'")) {
			address = address.substring(1, address.length() - 1);
		}
		return address.toLowerCase(Locale.ROOT).startsWith(LINK) ? ofLink(address.substring(LINK.length())) : address;
	}

	/** Without what a link says of the e-mail, and without its escapes (RFC 6068). */
	private static String ofLink(String link) {
		int question = link.indexOf('?');
		try {
			return StringUtils.uriDecode((question < 0) ? link : link.substring(0, question), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new NoEmailAddress("the link has an invalid percent escape.");
		}
	}

	/**
	 * One place of a typed list.
	 *
	 * @param text all that stands there
	 * @param address the address alone, as it is kept; null if there is no good one
	 * @param problem why there is none, as the end of a sentence; null if there is one
	 */
	public record Typed(String text, @Nullable String address, @Nullable String problem) {
	}

}
