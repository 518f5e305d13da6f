package dev.belfry.addresses;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A part of a domain between two dots that has characters beyond ASCII: which there are,
 * and how people may write them (IDNA 2008: RFC 5892 and 5895, as UTS 46 without its
 * transition: {@code ß} is itself, not {@code ss}). By the Unicode data of this Java,
 * whose own IDN is of 2003 and makes one domain of two.
 */
final class InternationalLabel {

	/** The zero width joiner and non-joiner need a look at what surrounds them. */
	private static final String UNSEEN_JOINERS = "\u200c\u200d";

	/** Allowed, though folding case or compatibility would change them (2.6 F). */
	private static final String ALLOWED = "\u00df\u03c2\u06fd\u06fe\u0f0b\u3007";

	/** Letters and marks that are not allowed all the same (2.6 F). */
	private static final String FORBIDDEN = "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b";

	/**
	 * What others read as one letter or as another: the capital sharp s ("ss" until
	 * Unicode 15.1, "ß" since), and the lunate sigma (a final one or not).
	 */
	private static final String DOUBTFUL = "\u1e9e\u03f2\u03f9";

	/** Its capital is also that of another letter. */
	private static final int DOTLESS_I = 0x131;

	private InternationalLabel() {
	}

	/** The one way to write it: in lower case, and composed. */
	static String mapped(String typed) {
		if (typed.chars().anyMatch((character) -> DOUBTFUL.indexOf(character) >= 0)) {
			return typed;
		}
		StringBuilder lower = new StringBuilder();
		Normalizer.normalize(typed, Normalizer.Form.NFKC)
			.codePoints()
			.forEach((point) -> lower.append(Character.toString(point).toLowerCase(Locale.ROOT)));
		return Normalizer.normalize(lower, Normalizer.Form.NFKC);
	}

	/** Whether there can be such a label, of one that is written in the one way. */
	static boolean isValid(String label) {
		int[] points = label.codePoints().toArray();
		if (points.length == 0 || !Normalizer.isNormalized(label, Normalizer.Form.NFC) || isMark(points[0])
				|| label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2)) {
			return false;
		}
		for (int place = 0; place < points.length; place++) {
			if (!isAllowed(points, place)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAllowed(int[] points, int place) {
		int point = points[place];
		if (point < 128) {
			return point >= 'a' && point <= 'z' || point >= '0' && point <= '9' || point == '-';
		}
		if (ALLOWED.indexOf(point) >= 0) {
			return true;
		}
		return switch (point) {
			case 0xb7 -> at(points, place - 1) == 'l' && at(points, place + 1) == 'l';
			case 0x375 -> script(at(points, place + 1)) == UnicodeScript.GREEK;
			case 0x5f3, 0x5f4 -> script(at(points, place - 1)) == UnicodeScript.HEBREW;
			case 0x30fb -> has(points, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN);
			default -> isLetterOrDigit(point) && isStable(point) && !mixesDigits(points, point);
		};
	}

	private static boolean isLetterOrDigit(int point) {
		return FORBIDDEN.indexOf(point) < 0 && DOUBTFUL.indexOf(point) < 0 && UNSEEN_JOINERS.indexOf(point) < 0
				&& !isOldHangul(point) && switch (Character.getType(point)) {
					case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER, Character.OTHER_LETTER,
							Character.MODIFIER_LETTER, Character.DECIMAL_DIGIT_NUMBER, Character.NON_SPACING_MARK,
							Character.COMBINING_SPACING_MARK ->
						true;
					default -> false;
				};
	}

	/**
	 * Whether folding case and compatibility leaves it as it is (2.2). Cherokee is folded
	 * to its capitals by some and to its small letters by others.
	 */
	private static boolean isStable(int point) {
		String text = Character.toString(point);
		String folded = mapped(Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT));
		return (point == DOTLESS_I || text.equals(folded)) && !isIgnorable(point)
				&& script(point) != UnicodeScript.CHEROKEE;
	}

	/** Ignored by default where it is shown, or within a block of symbols (2.3, 2.4). */
	private static boolean isIgnorable(int point) {
		return point == 0x34f || point == 0x115f || point == 0x1160 || point == 0x17b4 || point == 0x17b5
				|| point >= 0x180b && point <= 0x180f || point == 0x3164 || point == 0xffa0
				|| point >= 0xfe00 && point <= 0xfe0f || point >= 0xe0000 && point <= 0xe0fff
				|| point >= 0x20d0 && point <= 0x20ff || point >= 0x1d100 && point <= 0x1d24f;
	}

	/** Letters that modern Hangul is composed of (2.9). */
	private static boolean isOldHangul(int point) {
		return point >= 0x1100 && point <= 0x11ff || point >= 0xa960 && point <= 0xa97c
				|| point >= 0xd7b0 && point <= 0xd7fb;
	}

	/** The two kinds of Arabic digits are never in one label (RFC 5892, A.8 and A.9). */
	private static boolean mixesDigits(int[] points, int point) {
		int other = isBetween(point, 0x660, 0x669) ? 0x6f0 : isBetween(point, 0x6f0, 0x6f9) ? 0x660 : -1;
		for (int each : points) {
			if (other >= 0 && isBetween(each, other, other + 9)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isBetween(int point, int first, int last) {
		return point >= first && point <= last;
	}

	private static boolean isMark(int point) {
		int type = Character.getType(point);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

	private static boolean has(int[] points, UnicodeScript... scripts) {
		for (int point : points) {
			for (UnicodeScript script : scripts) {
				if (point != 0x30fb && script(point) == script) {
					return true;
				}
			}
		}
		return false;
	}

	private static int at(int[] points, int place) {
		return (place >= 0 && place < points.length) ? points[place] : 0;
	}

	private static UnicodeScript script(int point) {
		return UnicodeScript.of(point);
	}

}
