package dev.belfry.delivery.composing;

import java.util.ArrayList;
import java.util.List;

import dev.belfry.values.OneLine;

/** Texts of an e-mail as lines. Widths are in characters (Unicode code points). */
final class Lines {

	private Lines() {
	}

	/** The text with the breaks that its writer made. */
	static List<String> broken(String text) {
		return text.strip().lines().map(OneLine::of).toList();
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

}
