package dev.belfry.benchmark.live;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a table in Markdown, row by row as they come. */
final class Table {

	private Table() {
	}

	/** The first columns are words, the rest numbers. */
	static void head(int words, String... titles) {
		System.out.println();
		row((Object[]) titles);
		System.out.println("|" + String.join("|", Collections.nCopies(words, "---")) + "|"
				+ String.join("|", Collections.nCopies(titles.length - words, "--:")) + "|");
	}

	static void row(Object... cells) {
		System.out.println(Arrays.stream(cells).map(Table::text).collect(Collectors.joining(" | ", "| ", " |")));
	}

	private static String text(Object cell) {
		if (cell instanceof Double number) {
			return String.format(Locale.ROOT,
					(Math.abs(number) < 10) ? "%.2f" : (Math.abs(number) < 100) ? "%.1f" : "%,.0f", number);
		}
		return (cell instanceof Number number) ? String.format(Locale.ROOT, "%,d", number.longValue())
				: cell.toString();
	}

	/** From the least to the greatest. */
	static String spread(double least, double greatest) {
		return text(least) + "–" + text(greatest);
	}

}
