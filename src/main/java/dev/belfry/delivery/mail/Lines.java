package dev.belfry.delivery.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Texts of an e-mail as lines. Widths are in characters (Unicode code points). */
final class Lines {

	/**
	 * What would end a line, is no character, or turns the direction of all that follows.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]+");

	private static final Pattern SPACES = Pattern.compile(" {2,}");

	private Lines() {
	}

	/** The text on a single line, with spaces in the place of control characters. */
	static String one(String text) {
		return SPACES.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
	}

	/** The same with the breaks that its writer made. */
	static List<String> broken(String text) {
		return text.strip().lines().map(Lines::one).toList();
	}

	/** Broken at spaces; a word that is wider stands alone. */
	static List<String> wrap(String line, int width) {
		List<String> lines = new ArrayList<>();
		StringBuilder current = new StringBuilder();
		for (String word : line.split(" ")) {
			if (!current.isEmpty() && width(current) + 1 + width(word) > width) {
				lines.add(current.toString());
				current.setLength(0);
			}
			current.append(current.isEmpty() ? "" : " ").append(word);
		}
		lines.add(current.toString());
		return lines;
	}

	static int width(CharSequence text) {
		return Character.codePointCount(text, 0, text.length());
	}

	/** At most so many characters; one that is longer ends with "…". */
	static String cut(String text, int most) {
		return (width(text) <= most) ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
	}

}
