package dev.belfry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a measurement says, in Markdown: printed line by line as it comes, and at the end
 * put in its place in a file, {@code docs/benchmarks.md} if none is named.
 */
public final class Report {

	private final Path file;

	private final StringBuilder text = new StringBuilder();

	public Report() {
		this(Path.of("docs", "benchmarks.md"));
	}

	public Report(Path file) {
		this.file = file;
	}

	/** A paragraph. */
	public void say(String format, Object... arguments) {
		line("");
		line(String.format(Locale.ROOT, format, arguments));
	}

	/** Begins a table: the first columns are words, the rest numbers. */
	public void table(int words, String... titles) {
		line("");
		row((Object[]) titles);
		line("|" + String.join("|", Collections.nCopies(words, "---")) + "|"
				+ String.join("|", Collections.nCopies(titles.length - words, "--:")) + "|");
	}

	public void row(Object... cells) {
		line(Arrays.stream(cells).map(Report::text).collect(Collectors.joining(" | ", "| ", " |")));
	}

	private void line(String line) {
		System.out.println(line);
		this.text.append(line).append('\n');
	}

	/** Replaces what the file says between the marks of this name. */
	public void save(String name) throws IOException {
		String begin = "<!-- measured: " + name + " -->\n";
		String end = "<!-- end -->";
		String page = Files.readString(this.file);
		int from = page.indexOf(begin) + begin.length();
		if (from < begin.length()) {
			throw new IllegalStateException(this.file + " has no place for " + name);
		}
		Files.writeString(this.file,
				page.substring(0, from) + this.text + "\n" + page.substring(page.indexOf(end, from)));
	}

	static String text(Object cell) {
		if (cell instanceof Double number) {
			return String.format(Locale.ROOT,
					(Math.abs(number) < 10) ? "%.2f" : (Math.abs(number) < 100) ? "%.1f" : "%,.0f", number);
		}
		return (cell instanceof Number number) ? String.format(Locale.ROOT, "%,d", number.longValue())
				: cell.toString();
	}

}
