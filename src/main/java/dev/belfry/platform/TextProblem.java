package dev.belfry.platform;

import org.jspecify.annotations.Nullable;

/** What is wrong with a text that someone sent. */
public record TextProblem(UserErrorCode code, String message) {

	/**
	 * Checks a text that must not be blank.
	 * @param longest the most characters (Unicode code points) it may have
	 * @return null if all is well
	 */
	public static @Nullable TextProblem of(String text, int longest) {
		if (text.isBlank()) {
			return new TextProblem(UserErrorCode.REQUIRED, "This must not be empty.");
		}
		if (text.codePointCount(0, text.length()) > longest) {
			return new TextProblem(UserErrorCode.TOO_LONG, "This may have at most " + longest + " characters.");
		}
		return isStorable(text) ? null : new TextProblem(UserErrorCode.INVALID,
				"This has a character that no text may have: NUL, or half of a surrogate pair.");
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
