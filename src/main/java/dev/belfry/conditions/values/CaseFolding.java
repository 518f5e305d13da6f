package dev.belfry.conditions.values;

import java.text.Normalizer;
import java.util.Locale;

/** Texts in the forms in which they are compared. */
public final class CaseFolding {

	private static final char DOTLESS_I = 'ı';

	private CaseFolding() {
	}

	/** Letters with their accents as one character each. */
	public static String composed(String text) {
		return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
	}

	/** Composed, and the same for all spellings that differ in case alone. */
	static String folded(String text) {
		return isAscii(text) ? text.toLowerCase(Locale.ROOT) : composed(foldedLetters(composed(text)));
	}

	/**
	 * By upper case, since only that tells ß and ss alike. The last step goes letter by
	 * letter: the small sigma at the end of a word is another one for a whole text.
	 */
	private static String foldedLetters(String text) {
		StringBuilder folded = new StringBuilder(text.length());
		text.codePoints().forEach((letter) -> {
			if (letter == DOTLESS_I) {
				folded.append(DOTLESS_I);
			}
			else {
				String upper = Character.toString(letter).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
				upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
			}
		});
		return folded.toString();
	}

	static boolean isAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > 127) {
				return false;
			}
		}
		return true;
	}

}
