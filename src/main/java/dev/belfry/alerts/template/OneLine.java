package dev.belfry.alerts.template;

import java.util.regex.Pattern;

/** Texts of others that must stay on a single line. */
final class OneLine {

	/**
	 * What would end a line, is no character, or turns the direction of all that follows.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]");

	private static final Pattern SPACES = Pattern.compile(" {2,}");

	private OneLine() {
	}

	/**
	 * The text with spaces in the place of what does not belong into a line.
	 * @param longest in characters (Unicode code points); one that is longer ends with
	 * "…"
	 */
	static String of(String text, int longest) {
		String line = SPACES.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
		return (line.codePointCount(0, line.length()) <= longest) ? line
				: line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
	}

}
