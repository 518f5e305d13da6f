package dev.belfry.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lists of e-mail addresses as people type them: {@code a@x.com, "Doe, Jane" <j@y.com>}.
 * Commas, semicolons and line breaks part them; a name is passed over, and so is a place
 * where nothing stands.
 */
public final class Addresses {

	private Addresses() {
	}

	/** Each address of a text, in its order, good or bad. */
	public static List<Typed> read(String text) {
		List<Typed> typed = new ArrayList<>();
		Quotation quotation = new Quotation();
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			boolean lineBreak = character == '\n' || character == '\r';
			if (lineBreak || character == ',' && !quotation.isOpen() || character == ';' && !quotation.isOpen()) {
				add(typed, text.substring(start, i));
				start = i + 1;
				quotation = new Quotation();
			}
			else {
				quotation.read(character);
			}
		}
		add(typed, text.substring(start));
		return typed;
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

	private static void add(List<Typed> typed, String text) {
		String stripped = stripped(text);
		if (!stripped.isEmpty()) {
			typed.add(new Typed(stripped, address(stripped)));
		}
	}

	private static @Nullable String address(String text) {
		String address = text;
		if (text.endsWith(">")) {
			int open = text.lastIndexOf('<');
			if (open < 0 || !isName(text.substring(0, open))) {
				return null;
			}
			address = stripped(text.substring(open + 1, text.length() - 1));
		}
		return EmailAddress.isValid(address) ? address : null;
	}

	/** What stands before angle brackets: words, and texts in quotation marks. */
	private static boolean isName(String text) {
		Quotation quotation = new Quotation();
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (!quotation.isOpen() && (character == '<' || character == '>')) {
				return false;
			}
			quotation.read(character);
		}
		return !quotation.isOpen();
	}

	/**
	 * Without spaces and tabs around it; a character that nobody sees stays and is
	 * refused.
	 */
	private static String stripped(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (start < end && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isSpace(char character) {
		return character == ' ' || character == '\t' || character == '\u00a0';
	}

	/**
	 * One place of a typed list.
	 *
	 * @param text all that stands there
	 * @param address the address alone; null if there is no good one
	 */
	public record Typed(String text, @Nullable String address) {
	}

	/**
	 * Whether a text in quotation marks goes on, in which a backslash keeps the next
	 * mark.
	 */
	private static final class Quotation {

		private boolean open;

		private boolean escaped;

		boolean isOpen() {
			return this.open;
		}

		void read(char character) {
			if (this.escaped) {
				this.escaped = false;
			}
			else if (this.open && character == '\\') {
				this.escaped = true;
			}
			else if (character == '"') {
				this.open = !this.open;
			}
		}

	}

}
