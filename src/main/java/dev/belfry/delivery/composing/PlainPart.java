package dev.belfry.delivery.composing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.values.OneLine;

/** An e-mail as text, in lines of at most 72 characters wherever there is a space. */
final class PlainPart {

	private static final int WIDTH = 72;

	private final List<String> lines = new ArrayList<>();

	private PlainPart() {
	}

	/**
	 * The text.
	 * @param stop the link to unsubscribe, if there is one
	 */
	static String of(StoredEmail email, @Nullable String stop) {
		PlainPart part = new PlainPart();
		MailContent content = email.content();
		part.title(content.headline());
		content.paragraphs().forEach(part::paragraph);
		part.facts(content.facts());
		content.tables().forEach(part::table);
		content.notes().forEach(part::paragraph);
		part.lines.add("-- ");
		part.wrapped(FooterTexts.why(email));
		if (stop != null) {
			part.lines.add(FooterTexts.stop(stop));
		}
		else {
			part.wrapped(FooterTexts.ask(email));
		}
		return String.join("\r\n", part.lines) + "\r\n";
	}

	private void title(String text) {
		String title = OneLine.of(text);
		if (!title.isEmpty()) {
			wrapped(title);
			this.lines.add("-".repeat(Math.min(Lines.width(title), WIDTH)));
			end();
		}
	}

	private void paragraph(String text) {
		Lines.broken(text).forEach(this::wrapped);
		end();
	}

	private void wrapped(String line) {
		this.lines.addAll(Lines.wrap(line, WIDTH));
	}

	private void end() {
		this.lines.add("");
	}

	private void facts(List<Fact> facts) {
		if (!facts.isEmpty()) {
			List<List<String>> rows = facts.stream()
				.map((fact) -> List.of(OneLine.of(fact.label()) + ":", OneLine.of(fact.value())))
				.toList();
			int width = widest(rows, 0);
			rows.forEach((row) -> this.lines.add(padded(row.get(0), width, false) + "  " + row.get(1)));
			end();
		}
	}

	private void table(Table table) {
		title(table.title());
		List<List<String>> rows = table.rows().stream().map((row) -> row.stream().map(OneLine::of).toList()).toList();
		List<String> columns = table.columns().stream().map(OneLine::of).toList();
		List<List<String>> all = new ArrayList<>(List.of(columns));
		all.addAll(rows);
		int[] widths = IntStream.range(0, columns.size()).map((column) -> widest(all, column)).toArray();
		if (IntStream.of(widths).sum() + 2 * (widths.length - 1) <= WIDTH) {
			boolean[] numbers = NumericColumns.columns(table);
			all.forEach((row) -> this.lines.add(row(row, widths, numbers)));
		}
		else {
			rows.forEach((row) -> records(columns, row));
		}
		if (table.leftOut() > 0) {
			this.lines.add(FooterTexts.leftOut(table));
		}
		end();
	}

	private static String row(List<String> row, int[] widths, boolean[] numbers) {
		return IntStream.range(0, Math.min(row.size(), widths.length))
			.mapToObj((column) -> padded(row.get(column), widths[column], numbers[column]))
			.collect(Collectors.joining("  "))
			.stripTrailing();
	}

	/** A row that is too wide: a line for each cell. */
	private void records(List<String> columns, List<String> row) {
		for (int column = 0; column < Math.min(columns.size(), row.size()); column++) {
			this.lines.add(((column == 0) ? "* " : "  ") + columns.get(column) + ": " + row.get(column));
		}
	}

	private static int widest(List<List<String>> rows, int column) {
		return rows.stream()
			.filter((row) -> column < row.size())
			.mapToInt((row) -> Lines.width(row.get(column)))
			.max()
			.orElse(0);
	}

	private static String padded(String text, int width, boolean right) {
		String padding = " ".repeat(Math.max(0, width - Lines.width(text)));
		return right ? padding + text : text + padding;
	}

}
