package dev.belfry.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.belfry.delivery.composing.MailContent;

/**
 * What an e-mail about one event says.
 *
 * @param subject a single line that is not blank, of at most {@value #LONGEST_SUBJECT}
 * characters
 * @param body plain text of at most {@value Template#MOST_BYTES} bytes
 */
public record Rendered(String subject, String body) {

	/** In characters (Unicode code points), as e-mails have it. */
	public static final int LONGEST_SUBJECT = 200;

	/** The e-mail: nothing but these words, in paragraphs between blank lines. */
	public MailContent mail() {
		return new MailContent(this.subject, "", paragraphs(), List.of(), List.of(), List.of());
	}

	private List<String> paragraphs() {
		List<String> paragraphs = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		for (String line : Stream.concat(this.body.lines(), Stream.of("")).toList()) {
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

}
