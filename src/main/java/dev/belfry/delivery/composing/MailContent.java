package dev.belfry.delivery.composing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an e-mail says; the same for text and HTML. */
public record MailContent(String subject, String headline, List<String> paragraphs, List<Fact> facts,
		List<Table> tables, List<String> notes) {

	/** Nothing but these words, in paragraphs between blank lines. */
	public static MailContent ofText(String subject, String body) {
		return new MailContent(subject, "", paragraphs(body), List.of(), List.of(), List.of());
	}

	/** How long it is, in characters. */
	public int length() {
		int length = this.subject.length() + this.headline.length() + length(this.paragraphs) + length(this.notes);
		for (Fact fact : this.facts) {
			length += fact.label().length() + fact.value().length();
		}
		for (Table table : this.tables) {
			length += table.rows().stream().mapToInt(MailContent::length).sum();
		}
		return length;
	}

	private static int length(List<String> texts) {
		return texts.stream().mapToInt(String::length).sum();
	}

	private static List<String> paragraphs(String body) {
		List<String> paragraphs = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		for (String line : Stream.concat(body.lines(), Stream.of("")).toList()) {
			if (!line.isBlank()) {
				lines.add(line);
			}
			else if (!lines.isEmpty()) {
				paragraphs.add(String.join("\n", lines));
				lines.clear();
			}
		}
		return List.copyOf(paragraphs);
	}

	/** One thing to know, with its name. */
	public record Fact(String label, String value) {
	}

	/** Rows under columns; {@code leftOut} says how many more there were. */
	public record Table(String title, List<String> columns, List<List<String>> rows, int leftOut) {
	}

}
