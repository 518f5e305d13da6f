package dev.belfry.addresses;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts a typed list of addresses into its places. Commas, semicolons, line breaks and
 * the end of an address in angle brackets part them, but not within quotation marks. A
 * comma may also stand in a name, {@code Doe, Jane <j@y.com>}: what has no {@code @} and
 * is followed by an address in angle brackets is a part of its name.
 */
final class AddressPlaces {

	/** As other scripts write them. */
	private static final String COMMAS = ",\uff0c\u3001";

	private static final String SEMICOLONS = ";\uff1b";

	private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";

	private final List<String> places = new ArrayList<>();

	/** Places that may be the beginning of a name. */
	private final List<String> pending = new ArrayList<>();

	private final String text;

	private int pendingFrom;

	private AddressPlaces(String text) {
		this.text = text;
	}

	/** The places that are not empty, without invisible characters around them. */
	static List<String> of(String text) {
		AddressPlaces places = new AddressPlaces(text);
		places.part();
		return places.places;
	}

	private void part() {
		Quotation quotation = new Quotation();
		int start = 0;
		for (int i = 0; i < this.text.length(); i++) {
			char character = this.text.charAt(i);
			boolean ends = LINE_BREAKS.indexOf(character) >= 0;
			if (ends || !quotation.isOpen() && (COMMAS + SEMICOLONS).indexOf(character) >= 0) {
				add(start, i);
				start = i + 1;
				quotation = new Quotation();
				ends = ends || SEMICOLONS.indexOf(character) >= 0;
			}
			else if (!quotation.isOpen() && character == '>' && !this.text.startsWith(">", i + 1)) {
				add(start, i + 1);
				start = i + 1;
			}
			else {
				quotation.read(character);
			}
			if (ends) {
				release();
			}
		}
		add(start, this.text.length());
		release();
	}

	private void add(int start, int end) {
		String place = stripped(this.text.substring(start, end));
		if (place.isEmpty()) {
			return;
		}
		if (place.endsWith(">") && !this.pending.isEmpty()) {
			this.places.add(stripped(this.text.substring(this.pendingFrom, end)));
			this.pending.clear();
		}
		else if (place.indexOf('@') < 0 && !place.endsWith(">")) {
			this.pendingFrom = this.pending.isEmpty() ? start : this.pendingFrom;
			this.pending.add(place);
		}
		else {
			release();
			this.places.add(place);
		}
	}

	/** No address in angle brackets follows them. */
	private void release() {
		this.places.addAll(this.pending);
		this.pending.clear();
	}

	/** Whether a text can be the name before angle brackets: words, and quoted texts. */
	static boolean isName(String text) {
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

	/** Without spaces around it, and without marks that show nothing. */
	static String stripped(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isUnseen(text.charAt(start))) {
			start++;
		}
		while (start < end && isUnseen(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isUnseen(char character) {
		return Character.isSpaceChar(character) || Character.isWhitespace(character)
				|| Character.getType(character) == Character.FORMAT;
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
