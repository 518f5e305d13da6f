package dev.belfry.input;

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Guesses which name somebody meant. */
public final class Nearest {

	private static final int LONGEST = 100;

	private Nearest() {
	}

	/**
	 * The known name that a wrong one is most like, or null if it is like none: at most a
	 * third of its letters differ, whatever their case.
	 */
	public static @Nullable String of(String wrong, Collection<String> known) {
		if (wrong.length() > LONGEST) {
			return null;
		}
		String nearest = null;
		int least = Math.max(1, wrong.length() / 3) + 1;
		for (String name : known) {
			int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = name;
			}
		}
		return nearest;
	}

	/** How many letters must be changed, added or left out (Levenshtein's distance). */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int changed = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
