package dev.belfry.notifier.emails;

import java.time.Instant;
import java.util.List;

/**
 * An e-mail that is due.
 *
 * @param digest whether it is about entries that were folded
 * @param shown the positions of the entries that it lists
 * @param entries how many entries it is about
 */
public record DueEmail(NotifiedAddress recipient, boolean digest, List<Long> shown, int entries, Instant at) {

	/** The same, which lists these entries. */
	DueEmail listing(List<Long> positions) {
		return new DueEmail(this.recipient, this.digest, positions, this.entries, this.at);
	}

	/** Whether it is about a single entry, as if that had not been folded. */
	boolean isOfOne() {
		return this.entries == 1 && this.shown.size() == 1;
	}

}
