package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What an account has stored of a type of events, read in short steps: each is a
 * statement of its own, so no snapshot outlives a page.
 */
@Component
public class StoredEntries {

	/** A page has no more entries than this. */
	public static final int MOST = 500;

	private final Entries entries;

	private final IntakePriority priority;

	public StoredEntries(Entries entries, IntakePriority priority) {
		this.entries = entries;
		this.priority = priority;
	}

	/**
	 * The entries that were logged from an instant on and before another, oldest first,
	 * page by page. While one is looked at, the next is read, and no other.
	 */
	public Flux<List<Entry>> of(AccountId account, String eventType, Instant from, Instant to) {
		return page(account, eventType, new Reached(from, 0), to)
			.expand((page) -> (page.size() < MOST) ? Mono.empty() : page(account, eventType, Reached.by(page), to));
	}

	/** The next of them, when intake lets it. */
	public Mono<List<Entry>> page(AccountId account, String eventType, Reached reached, Instant to) {
		return this.priority.forAStep()
			.then(Mono
				.defer(() -> this.entries.ofType(account, eventType, reached.at(), reached.position(), to, MOST)));
	}

	/**
	 * Up to where a log is read.
	 *
	 * @param at everything before is
	 * @param position and of what was logged at the same instant, everything up to here
	 */
	public record Reached(Instant at, long position) {

		static Reached by(List<Entry> page) {
			Entry last = page.get(page.size() - 1);
			return new Reached(last.recordedAt(), last.position());
		}

	}

}
