package dev.belfry.values;

import java.util.regex.Pattern;

/** Texts of others that must stay on a single line. */
public final class OneLine {

	/**
	 * What would end a line, is no character, or turns the direction of all that follows.
	 */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]+");

	private static final Pattern SPACES = Pattern.compile(" {2,}");

	private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

	private static final int LONGEST_SHOWN = 80;

	private OneLine() {
	}

	/** Whether a text has nothing that does not belong into a line. */
	public static boolean is(String text) {
		return !UNSEEN.matcher(text).find();
	}

	/** The text with spaces in the place of what does not belong into a line. */
	public static String of(String text) {
		return isPlain(text) ? text : onOneLine(text);
	}

	/** Nearly all texts are: then nothing is looked for, and nothing copied. */
	private static boolean isPlain(String text) {
		char before = ' ';
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character < ' ' || character > '~' || (character == ' ' && before == ' ')) {
				return false;
			}
			before = character;
		}
		return before != ' ';
	}

	private static String onOneLine(String text) {
		return SPACES.matcher(UNSEEN.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
	}

	/**
	 * At most so many characters (Unicode code points); one that is longer ends with "…".
	 */
	public static String cut(String text, int most) {
		return (text.codePointCount(0, text.length()) <= most) ? text
				: text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
	}

	/** Whether it has no character beyond ASCII. */
	public static boolean isAscii(String text) {
		return text.chars().allMatch((character) -> character < 128);
	}

	/** A text that somebody typed, so that it fits into a sentence. */
	public static String shown(String typed) {
		return cut(INVISIBLE.matcher(typed).replaceAll("\ufffd"), LONGEST_SHOWN);
	}

}
