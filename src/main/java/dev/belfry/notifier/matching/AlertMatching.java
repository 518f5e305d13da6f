package dev.belfry.notifier.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertsInForce;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.values.Steps;
import dev.belfry.viewer.AccountStyle;

/**
 * Holds one alert after the other against one entry after the other, for as many entries
 * as one turn can bear: for one at least. The same rules fail of the same entry wherever,
 * since steps are no time.
 */
final class AlertMatching {

	/**
	 * How long the e-mails of those matches may be together, in characters; each counts
	 * as a {@value AlertEvaluator#MOST}th of it at least. Those of one entry may be as
	 * long.
	 */
	static final int MOST_CHARACTERS = 16_000_000;

	/** What evaluation may take in one turn of an account, but for its last entry. */
	private static final long STEPS_OF_A_TURN = 4_000_000;

	private static final String TOO_COSTLY = "The earlier alerts take all the work that one event may cost. "
			+ "This one was not evaluated, and notified nobody.";

	private static final String TOO_LONG = String.format(Locale.ROOT,
			"Together with those of earlier alerts, its e-mails about one event have more than %,d characters. "
					+ "It notified nobody.",
			MOST_CHARACTERS);

	private final TurnWithRules withRules;

	private final Iterator<Entry> entries;

	private final List<EntryMatches> found = new ArrayList<>();

	private long steps;

	private int characters;

	private @Nullable OfEntry current;

	AlertMatching(TurnWithRules withRules, Iterator<Entry> entries) {
		this.withRules = withRules;
		this.entries = entries;
	}

	/** Takes the next step, and answers whether there are more. */
	boolean step() {
		if (this.current != null && this.current.step()) {
			return true;
		}
		if (this.current != null) {
			end(this.current);
		}
		boolean more = this.characters < MOST_CHARACTERS && this.steps < STEPS_OF_A_TURN && this.entries.hasNext();
		this.current = more ? new OfEntry(this.withRules, this.entries.next()) : null;
		return more;
	}

	/** Those that matched or failed, in the order of the alerts, by entry. */
	List<EntryMatches> found() {
		return this.found;
	}

	private void end(OfEntry entry) {
		EntryMatches matches = new EntryMatches(entry.entry, entry.matches);
		this.found.add(matches);
		this.characters += matches.characters();
		this.steps += entry.steps.used();
	}

	/** Holds one alert after the other against an entry. */
	private static final class OfEntry {

		private final Entry entry;

		private final AccountStyle style;

		private final Iterator<AlertRule> candidates;

		private final List<AlertMatch> matches = new ArrayList<>();

		private final Steps steps = new Steps();

		private int characters;

		OfEntry(TurnWithRules withRules, Entry entry) {
			this.entry = entry;
			this.style = withRules.turn().style();
			AlertsInForce inForce = withRules.alerts().at(entry.rulesVersion(), entry.eventType());
			this.candidates = inForce.all().isEmpty() ? Collections.emptyIterator()
					: inForce.candidates(entry.event(), this.style).iterator();
		}

		boolean step() {
			if (!this.candidates.hasNext()) {
				return false;
			}
			AlertRule rule = this.candidates.next();
			AlertMatch match = (this.steps.used() < AlertEvaluator.MOST_STEPS)
					? AlertEvaluator.evaluate(rule, this.entry, this.style, this.steps)
					: AlertMatch.failed(this.entry, rule.version(), TOO_COSTLY);
			if (match != null) {
				this.characters += match.characters();
				this.matches.add((this.characters <= MOST_CHARACTERS) ? match
						: AlertMatch.failed(this.entry, rule.version(), TOO_LONG));
			}
			return true;
		}

	}

}
