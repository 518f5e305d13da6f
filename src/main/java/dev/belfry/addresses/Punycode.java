package dev.belfry.addresses;

import org.jspecify.annotations.Nullable;

/**
 * Texts in any script as ASCII and back (RFC 3492), for the labels of domains. The names
 * of the values are those of the RFC.
 */
final class Punycode {

	private static final int BASE = 36;

	private static final int T_MIN = 1;

	private static final int T_MAX = 26;

	private static final int SKEW = 38;

	private static final int DAMP = 700;

	private static final int INITIAL_BIAS = 72;

	private static final int INITIAL_N = 128;

	private Punycode() {
	}

	/** Takes time with the square of the length: give it no more than a label's. */
	static String encode(String text) {
		int[] input = text.codePoints().toArray();
		StringBuilder output = new StringBuilder();
		text.chars().filter((character) -> character < INITIAL_N).forEach((basic) -> output.append((char) basic));
		int basics = output.length();
		if (basics > 0) {
			output.append('-');
		}
		int n = INITIAL_N;
		int delta = 0;
		int bias = INITIAL_BIAS;
		for (int handled = basics; handled < input.length; n++, delta++) {
			int next = smallestFrom(input, n);
			delta += (next - n) * (handled + 1);
			n = next;
			for (int point : input) {
				delta += (point < n) ? 1 : 0;
				if (point == n) {
					appendInteger(output, delta, bias);
					bias = adapted(delta, handled + 1, handled == basics);
					delta = 0;
					handled++;
				}
			}
		}
		return output.toString();
	}

	/** Null for what is no such text. */
	static @Nullable String decode(String encoded) {
		int hyphen = encoded.lastIndexOf('-');
		StringBuilder output = new StringBuilder((hyphen > 0) ? encoded.substring(0, hyphen) : "");
		int length = output.length();
		long n = INITIAL_N;
		long i = 0;
		int bias = INITIAL_BIAS;
		int place = (hyphen > 0) ? hyphen + 1 : 0;
		while (place < encoded.length()) {
			long before = i;
			long weight = 1;
			for (int k = BASE;; k += BASE) {
				int digit = (place < encoded.length()) ? digit(encoded.charAt(place++)) : BASE;
				i += digit * weight;
				if (digit >= BASE || i > Integer.MAX_VALUE) {
					return null;
				}
				int t = threshold(k, bias);
				if (digit < t) {
					break;
				}
				weight *= BASE - t;
				if (weight > Integer.MAX_VALUE) {
					return null;
				}
			}
			length++;
			bias = adapted((int) (i - before), length, before == 0);
			n += i / length;
			i %= length;
			if (n > Character.MAX_CODE_POINT) {
				return null;
			}
			output.insert(output.offsetByCodePoints(0, (int) i), Character.toChars((int) n));
			i++;
		}
		return output.toString();
	}

	private static int smallestFrom(int[] input, int n) {
		int smallest = Integer.MAX_VALUE;
		for (int point : input) {
			smallest = (point >= n) ? Math.min(smallest, point) : smallest;
		}
		return smallest;
	}

	private static void appendInteger(StringBuilder output, int delta, int bias) {
		int q = delta;
		for (int k = BASE;; k += BASE) {
			int t = threshold(k, bias);
			if (q < t) {
				output.append(character(q));
				return;
			}
			output.append(character(t + (q - t) % (BASE - t)));
			q = (q - t) / (BASE - t);
		}
	}

	private static char character(int digit) {
		return (char) ((digit < 26) ? 'a' + digit : '0' + digit - 26);
	}

	/** The value of a digit; {@link #BASE} for what is none. */
	private static int digit(char character) {
		if (character >= 'a' && character <= 'z') {
			return character - 'a';
		}
		return (character >= '0' && character <= '9') ? character - '0' + 26 : BASE;
	}

	private static int threshold(int k, int bias) {
		return Math.max(T_MIN, Math.min(T_MAX, k - bias));
	}

	private static int adapted(int delta, int points, boolean first) {
		int scaled = first ? delta / DAMP : delta / 2;
		scaled += scaled / points;
		int k = 0;
		while (scaled > ((BASE - T_MIN) * T_MAX) / 2) {
			scaled /= BASE - T_MIN;
			k += BASE;
		}
		return k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW);
	}

}
