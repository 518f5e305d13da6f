package dev.belfry.delivery.composing;

import java.util.Locale;

import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.values.OneLine;

/** The sentences that each e-mail has, beside its own. */
final class FooterSentences {

	private FooterSentences() {
	}

	static String why(StoredEmail email) {
		return sentence("You get this because " + OneLine.of(email.topicTitle()) + " is switched on for "
				+ OneLine.of(email.accountName()));
	}

	/** How to stop the e-mails where there is no link for it. */
	static String whomToAsk(StoredEmail email) {
		return sentence("To stop these e-mails, ask whoever looks after the notification settings of "
				+ OneLine.of(email.accountName()));
	}

	static String leftOut(Table table) {
		return String.format(Locale.ENGLISH, "… and %,d more", table.leftOut());
	}

	/** A name's own full stop, as in "Co.", ends it. */
	private static String sentence(String text) {
		return text.endsWith(".") ? text : text + ".";
	}

}
