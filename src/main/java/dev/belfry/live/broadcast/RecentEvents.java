package dev.belfry.live.broadcast;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The events of a broadcast that were executed just now, by where they begin: for those
 * who come there late. Who comes later has them executed again. Guarded by its broadcast.
 */
final class RecentEvents {

	private static final int MOST = 32;

	/** What is kept of an event beside its payload, in bytes, roughly. */
	private static final int WEIGHT = 300;

	private final Map<StreamPosition, Kept> events = new LinkedHashMap<>();

	private final AtomicLong budget;

	/** Takes what it keeps, in bytes, from a budget that all broadcasts share. */
	RecentEvents(AtomicLong budget) {
		this.budget = budget;
	}

	@Nullable LiveEvent get(StreamPosition from) {
		Kept kept = this.events.get(from);
		return (kept != null) ? kept.event() : null;
	}

	void add(StreamPosition from, LiveEvent event) {
		Kept old = this.events.put(from, new Kept(event, System.nanoTime()));
		this.budget.addAndGet(-weight(event) + ((old != null) ? weight(old.event()) : 0));
		Iterator<Kept> oldest = this.events.values().iterator();
		while (oldest.hasNext() && (this.events.size() > MOST || this.budget.get() < 0)) {
			remove(oldest, oldest.next());
		}
	}

	/** Forgets what was executed before a time of the system's nanosecond clock. */
	void forgetBefore(long nanos) {
		Iterator<Kept> oldest = this.events.values().iterator();
		while (oldest.hasNext()) {
			Kept kept = oldest.next();
			if (kept.at() - nanos >= 0) {
				return;
			}
			remove(oldest, kept);
		}
	}

	void clear() {
		this.events.values().forEach((kept) -> this.budget.addAndGet(weight(kept.event())));
		this.events.clear();
	}

	private void remove(Iterator<Kept> place, Kept kept) {
		place.remove();
		this.budget.addAndGet(weight(kept.event()));
	}

	private static int weight(LiveEvent event) {
		return WEIGHT + event.payload().length;
	}

	private record Kept(LiveEvent event, long at) {
	}

}
