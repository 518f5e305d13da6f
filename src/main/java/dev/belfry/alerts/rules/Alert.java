package dev.belfry.alerts.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.Recipient;

/**
 * An alert: an event type, a condition, a template and recipients.
 *
 * @param eventType the key of the type of events that it is about
 * @param enabled whether it is on
 * @param condition the tree as it was put in; null for every event of the type
 * @param watch the job that it watches, if it is about overdue jobs; otherwise null
 */
public record Alert(String name, String eventType, boolean enabled, @Nullable Map<String, @Nullable Object> condition,
		@Nullable OverdueWatch watch, TemplateText template, List<Recipient> recipients) {

	/** An account has at most this many alerts. */
	public static final int MOST = 2_000;

	/** In characters. */
	public static final int LONGEST_NAME = 120;

	public Alert {
		recipients = List.copyOf(recipients);
	}

	Alert enabled(boolean enabled) {
		return new Alert(this.name, this.eventType, enabled, this.condition, this.watch, this.template,
				this.recipients);
	}

	/**
	 * Without an address, wherever it stands among the recipients. What is on stays on,
	 * even if it goes to nobody then.
	 */
	Alert without(String address) {
		List<Recipient> others = new ArrayList<>(this.recipients);
		others.removeIf((recipient) -> recipient instanceof Recipient.Email email && email.isAt(address));
		return new Alert(this.name, this.eventType, this.enabled, this.condition, this.watch, this.template, others);
	}

}
