package dev.belfry.templates;

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

}
