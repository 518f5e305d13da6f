package dev.belfry.notifier.matching;

import java.util.List;

import dev.belfry.notifier.entries.Entry;

/** An entry, and what came of the alerts that it matched, or that failed at it. */
public record EntryMatches(Entry entry, List<AlertMatch> matches) {

	/** How long their e-mails are together, by which a transaction is bounded. */
	int characters() {
		return this.matches.stream().mapToInt(AlertMatch::characters).sum();
	}

	int addresses() {
		return this.matches.stream().mapToInt((each) -> each.addresses().size()).sum();
	}

}
