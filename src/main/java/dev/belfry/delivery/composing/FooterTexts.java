package dev.belfry.delivery.composing;

import java.math.BigDecimal;
import java.util.Map;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.templates.EmailTexts;
import dev.belfry.values.OneLine;

/** What each e-mail says, beside its own texts. */
final class FooterTexts {

	private static final EmailTexts TEXTS = EmailTexts.of("footer",
			EventField.text("topic", "Topic", "What the e-mail is about."),
			EventField.text("account", "Account", "The account's name."),
			EventField.text("link", "Link", "Where the e-mails can be stopped."),
			EventField.of(EventFieldType.INTEGER, "rows", "Rows", "How many a table leaves out."));

	private FooterTexts() {
	}

	/** Why its recipient gets the e-mail. */
	static String why(StoredEmail email) {
		return sentence(write("why",
				Map.of("topic", OneLine.of(email.topicTitle()), "account", OneLine.of(email.accountName()))));
	}

	/** How to stop the e-mails where there is no link for it. */
	static String ask(StoredEmail email) {
		return sentence(write("ask", Map.of("account", OneLine.of(email.accountName()))));
	}

	/** The link, in a text. */
	static String stop(String link) {
		return write("stop", Map.of("link", link));
	}

	/** What the link says, where it is one. */
	static String stopLink() {
		return write("stopLink", Map.of());
	}

	/** How many rows a table leaves out. */
	static String leftOut(Table table) {
		return write("leftOut", Map.of("rows", BigDecimal.valueOf(table.leftOut())));
	}

	/** In English: an e-mail that is kept does not yet say in which language. */
	private static String write(String key, Map<String, ?> values) {
		return TEXTS.write(key, values, Formats.PLAIN);
	}

	/** A name's own full stop, as in "Co.", ends it. */
	private static String sentence(String text) {
		return text.endsWith("..") ? text.substring(0, text.length() - 1) : text;
	}

}
