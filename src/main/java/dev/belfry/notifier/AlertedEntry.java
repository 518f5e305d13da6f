package dev.belfry.notifier;

import java.util.List;

/** An entry, and what came of the alerts that it matched, or that failed at it. */
record AlertedEntry(Entry entry, List<Alerted> alerted) {

	int addresses() {
		return this.alerted.stream().mapToInt((each) -> each.addresses().size()).sum();
	}

}
