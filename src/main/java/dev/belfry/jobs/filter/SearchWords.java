package dev.belfry.jobs.filter;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Splits text into the words that search compares: runs of letters and digits, without
 * case and accents. A character of a script that writes no spaces (Han, Kana, Thai) is a
 * word of its own. Query and log use this alone, so they cannot disagree.
 */
public final class SearchWords {

	/** Longer words are cut: nobody types more, and an index entry has its limit. */
	static final int LONGEST = 64;

	private SearchWords() {
	}

	public static Set<String> of(Collection<String> texts) {
		Set<String> words = new TreeSet<>();
		texts.forEach((text) -> split(text, words));
		return words;
	}

	public static Set<String> of(String text) {
		Set<String> words = new TreeSet<>();
		split(text, words);
		return words;
	}

	private static void split(String text, Set<String> words) {
		String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
		StringBuilder word = new StringBuilder();
		folded.codePoints().forEach((character) -> {
			if (isMark(character)) {
				return;
			}
			boolean alone = writesNoSpaces(character);
			if (alone || !Character.isLetterOrDigit(character)) {
				finish(word, words);
			}
			if (Character.isLetterOrDigit(character) && word.length() < LONGEST) {
				word.appendCodePoint(fold(character));
			}
			if (alone) {
				finish(word, words);
			}
		});
		finish(word, words);
	}

	private static void finish(StringBuilder word, Set<String> words) {
		if (!word.isEmpty()) {
			words.add(word.toString());
			word.setLength(0);
		}
	}

	private static boolean isMark(int character) {
		return Character.getType(character) == Character.NON_SPACING_MARK || character == '\u00ad' || character == '\''
				|| character == '\u2019';
	}

	/** What decomposition leaves as it is, though people type it otherwise. */
	private static int fold(int character) {
		return switch (character) {
			case '\u0131' -> 'i';
			case '\u0142' -> 'l';
			case '\u00f8' -> 'o';
			case '\u0111' -> 'd';
			case '\u03c2' -> '\u03c3';
			default -> character;
		};
	}

	private static boolean writesNoSpaces(int character) {
		if (character < 0x0e00) {
			return false;
		}
		return switch (Character.UnicodeScript.of(character)) {
			case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(character);
			default -> false;
		};
	}

}
