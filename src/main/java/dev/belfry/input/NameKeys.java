package dev.belfry.input;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.belfry.values.OneLine;

/**
 * Names as people compare them: without case, and without regard to how they are encoded.
 */
public final class NameKeys {

	private static final int LONGEST_SEARCH = 200;

	/** No name has it. */
	private static final String NO_WORD = "\n";

	private NameKeys() {
	}

	/** Adds what is wrong with a name, if anything is. */
	public static void check(String name, int longest, InputErrors errors) {
		TextProblem problem = TextProblem.of(name, longest);
		errors.add(problem);
		if (problem == null && !OneLine.is(name)) {
			errors.add(UserErrorCode.INVALID, "This has a line break or another invisible character.");
		}
	}

	/** The same for names that look the same but for their case. */
	public static String key(String name) {
		return fold(name.strip());
	}

	/**
	 * What a search looks for in keys: the words of a text, all of which must be there.
	 * @param argument the path of the text, for a {@link Refusal} of one that is too long
	 */
	public static List<String> words(String text, String... argument) {
		if (text.codePointCount(0, text.length()) > LONGEST_SEARCH) {
			throw Refusal.badInput("Search with at most " + LONGEST_SEARCH + " characters.", argument);
		}
		return Stream.of(fold(text).split("[\\s\\p{Z}]+"))
			.filter((word) -> !word.isEmpty())
			.map((word) -> TextProblem.isStorable(word) ? word : NO_WORD)
			.distinct()
			.toList();
	}

	private static String fold(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

}
