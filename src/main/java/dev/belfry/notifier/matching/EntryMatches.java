package dev.belfry.notifier.matching;

import java.util.List;

import dev.belfry.notifier.entries.Entry;

/** An entry, and what came of the alerts that it matched, or that failed at it. */
public record EntryMatches(Entry entry, List<AlertMatch> matches) {

	int addresses() {
		return this.matches.stream().mapToInt((each) -> each.addresses().size()).sum();
	}

}
