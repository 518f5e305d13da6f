package dev.belfry.input;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** What is wrong with a text that someone sent. */
public record TextProblem(UserErrorCode code, String message) {

	/** Spaces, marks of format, and letters and signs that are made to show nothing. */
	private static final Pattern BLANK = Pattern.compile("[\\p{javaWhitespace}\\p{Z}\\p{Cf}"
			+ "\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]*");

	/**
	 * Checks a key, by which programs know a kind of thing, for example an operation: it
	 * has no spaces, nor anything else that is not seen.
	 * @param longest the most characters (Unicode code points) it may have
	 * @return null if all is well
	 */
	public static @Nullable TextProblem ofKey(String text, int longest) {
		TextProblem problem = of(text, longest);
		return (problem != null || isSeen(text, false)) ? problem : new TextProblem(UserErrorCode.INVALID,
				"A key must not have spaces, control characters or invisible characters.");
	}

	/**
	 * Checks an id that the platform gives to one of its things: no two of them look the
	 * same, so within it there are no more than plain spaces, and none at its ends.
	 * @param longest the most characters (Unicode code points) it may have
	 * @return null if all is well
	 */
	public static @Nullable TextProblem ofId(String text, int longest) {
		TextProblem problem = of(text, longest);
		boolean bounded = problem != null || text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
		return (problem != null || bounded && isSeen(text, true)) ? problem : new TextProblem(UserErrorCode.INVALID,
				"This has spaces at its start or end, or control characters or invisible characters.");
	}

	/**
	 * Checks a text that must not be blank.
	 * @param longest the most characters (Unicode code points) it may have
	 * @return null if all is well
	 */
	public static @Nullable TextProblem of(String text, int longest) {
		if (isBlank(text)) {
			return new TextProblem(UserErrorCode.REQUIRED, "This must not be empty.");
		}
		if (text.codePointCount(0, text.length()) > longest) {
			return new TextProblem(UserErrorCode.TOO_LONG, "This may have at most " + longest + " characters.");
		}
		return isStorable(text) ? null : new TextProblem(UserErrorCode.INVALID,
				"This has an invalid character: NUL, or half of a surrogate pair.");
	}

	/** Whether each character of a text is seen, or a plain space if these may be. */
	private static boolean isSeen(String text, boolean spaces) {
		return text.codePoints()
			.allMatch((character) -> character > ' ' && character < 0x7F || spaces && character == ' '
					|| character > 0x9F && !isBlank(Character.toString(character)));
	}

	/** Whether a text is invisible. */
	public static boolean isBlank(String text) {
		return BLANK.matcher(text).matches();
	}

	/**
	 * Whether a text is well-formed Unicode without NUL, which PostgreSQL cannot store.
	 */
	public static boolean isStorable(String text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			boolean pair = Character.isHighSurrogate(character) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1));
			if (pair) {
				i++;
			}
			else if (character == 0 || Character.isSurrogate(character)) {
				return false;
			}
		}
		return true;
	}

}
