package dev.belfry.notifier.emails;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.Cause;
import dev.belfry.notifier.entries.Entry;

/**
 * Decides, entry by entry, which e-mails are due: an address hears of a topic at once,
 * then of all that follows within the window in one e-mail at its end. Looks at nothing
 * but what it is given, so a late notifier decides as a prompt one; only while the log is
 * ahead of the clock, which has gone back, the clock counts.
 */
public final class NoiseFilter {

	private final Duration window;

	private final Instant now;

	private final Map<NotifiedAddress, NoiseWindow> before;

	private final Map<NotifiedAddress, NoiseWindow> windows;

	/** Those who have windows, as they are spelled there. */
	private final Map<NotifiedAddress, NotifiedAddress> spelled = new HashMap<>();

	private final List<DueEmail> due = new ArrayList<>();

	private final Map<NotifiedAddress, List<Outcome>> waiting = new HashMap<>();

	private final List<Outcome> outcomes = new ArrayList<>();

	/** Of entries that are long past. */
	public NoiseFilter(Duration window, Map<NotifiedAddress, NoiseWindow> windows) {
		this(window, windows, Instant.MAX);
	}

	/**
	 * Of an account with these windows.
	 * @param window how long one is
	 * @param now the clock of the turn
	 */
	public NoiseFilter(Duration window, Map<NotifiedAddress, NoiseWindow> windows, Instant now) {
		this.window = window;
		this.now = now;
		this.before = Map.copyOf(windows);
		this.windows = new HashMap<>(windows);
		this.windows.replaceAll((recipient, open) -> open.asOf(now));
		windows.keySet().forEach((recipient) -> this.spelled.put(recipient.inOneSpelling(), recipient));
	}

	/** Addresses are to be notified of an entry, by a topic of theirs. */
	public void add(Entry entry, Topic topic, Collection<String> addresses) {
		for (String address : addresses) {
			add(entry, new NotifiedAddress(topic, address));
		}
	}

	/** A window is for all spellings of the address that it was opened for. */
	private void add(Entry entry, NotifiedAddress recipient) {
		NotifiedAddress known = this.spelled.getOrDefault(recipient.inOneSpelling(), recipient);
		Instant at = entry.recordedAt().isAfter(this.now) ? this.now : entry.recordedAt();
		close(known, at);
		NoiseWindow open = this.windows.get(known);
		if (open != null) {
			this.windows.put(known, open.fold(entry.position()));
			this.waiting.computeIfAbsent(known, (key) -> new ArrayList<>())
				.add(new Outcome(entry.cause(), known, null));
			return;
		}
		this.spelled.put(recipient.inOneSpelling(), recipient);
		this.windows.put(recipient, NoiseWindow.openedAt(at, this.window));
		this.outcomes.add(new Outcome(entry.cause(), recipient, this.due.size()));
		this.due.add(new DueEmail(recipient, false, List.of(entry.position()), 1, at));
	}

	/**
	 * Time has passed. Everything that was recorded before has to be added already.
	 */
	public void sweep(Instant now) {
		List.copyOf(this.windows.keySet()).forEach((recipient) -> close(recipient, now));
	}

	/** The e-mail at a window's end is the first of the next window. */
	private void close(NotifiedAddress recipient, Instant now) {
		NoiseWindow open = this.windows.get(recipient);
		while (open != null && open.isOver(now)) {
			if (open.folded() == 0) {
				this.windows.remove(recipient);
				return;
			}
			List<Outcome> folded = this.waiting.getOrDefault(recipient, List.of());
			folded.forEach((outcome) -> this.outcomes.add(outcome.notifiedBy(this.due.size())));
			this.waiting.remove(recipient);
			this.due.add(new DueEmail(recipient, true, open.shown(), open.folded(), open.closesAt()));
			open = NoiseWindow.openedAt(open.closesAt(), this.window);
			this.windows.put(recipient, open);
		}
	}

	public Verdict verdict() {
		List<Outcome> all = new ArrayList<>(this.outcomes);
		this.waiting.values().forEach(all::addAll);
		Map<NotifiedAddress, NoiseWindow> changed = new HashMap<>(this.windows);
		changed.entrySet().removeIf((entry) -> entry.getValue().equals(this.before.get(entry.getKey())));
		List<NotifiedAddress> over = this.before.keySet()
			.stream()
			.filter((recipient) -> !this.windows.containsKey(recipient))
			.toList();
		return new Verdict(List.copyOf(this.due), all, changed, over);
	}

	/**
	 * Which e-mail notifies a recipient of an entry.
	 *
	 * @param email its place among those that are due; null while it waits
	 */
	public record Outcome(Cause cause, NotifiedAddress recipient, @Nullable Integer email) {

		Outcome notifiedBy(int email) {
			return new Outcome(this.cause, this.recipient, email);
		}

	}

	/**
	 * What is to be done.
	 *
	 * @param windows those that are new or changed
	 * @param over the recipients who have no window any more
	 */
	public record Verdict(List<DueEmail> due, List<Outcome> outcomes, Map<NotifiedAddress, NoiseWindow> windows,
			List<NotifiedAddress> over) {

		boolean isNothing() {
			return this.due.isEmpty() && this.outcomes.isEmpty() && this.windows.isEmpty() && this.over.isEmpty();
		}

	}

}
