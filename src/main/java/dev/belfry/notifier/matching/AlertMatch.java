package dev.belfry.notifier.matching;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.recipients.RecipientResolver.Unresolved;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.notifier.entries.Entry;

/**
 * What came of an alert and an entry that it matched, or that it failed at.
 *
 * @param alert the version that was in force when the entry was committed
 * @param content what its e-mail says; null if it failed
 * @param error why it failed, in a sentence for people; null if it matched
 * @param addresses whom it notifies
 * @param unresolved those recipients of whom no address is known
 */
public record AlertMatch(Entry entry, AlertVersion alert, @Nullable MailContent content, @Nullable String error,
		List<String> addresses, List<Unresolved> unresolved) {

	static AlertMatch matched(Entry entry, AlertVersion alert, MailContent content) {
		return new AlertMatch(entry, alert, content, null, List.of(), List.of());
	}

	static AlertMatch failed(Entry entry, AlertVersion alert, String error) {
		return new AlertMatch(entry, alert, null, error, List.of(), List.of());
	}

	public boolean isMatch() {
		return this.content != null;
	}

	/** How long its e-mail is, by which a transaction is bounded. */
	int characters() {
		int length = (this.content != null) ? this.content.length() : 0;
		return Math.max(length, AlertMatching.MOST_CHARACTERS / AlertEvaluator.MOST);
	}

	AlertMatch notifying(List<String> addresses, List<Unresolved> unresolved) {
		return new AlertMatch(this.entry, this.alert, this.content, this.error, List.copyOf(addresses),
				List.copyOf(unresolved));
	}

}
