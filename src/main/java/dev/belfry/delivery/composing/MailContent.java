package dev.belfry.delivery.composing;

import java.util.List;

/** What an e-mail says; the same for text and HTML. */
public record MailContent(String subject, String headline, List<String> paragraphs, List<Fact> facts,
		List<Table> tables, List<String> notes) {

	/** One thing to know, with its name. */
	public record Fact(String label, String value) {
	}

	/** Rows under columns; {@code leftOut} says how many more there were. */
	public record Table(String title, List<String> columns, List<List<String>> rows, int leftOut) {
	}

}
