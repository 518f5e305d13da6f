package dev.belfry.notifier.emails;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time after an e-mail in which more of the same is not sent but folded. It runs on
 * the clock of the log.
 *
 * @param folded how many entries were
 * @param shown the positions of the first of them
 */
public record NoiseWindow(Instant openedAt, Instant closesAt, int folded, List<Long> shown) {

	/** So many are known without a look into the outcomes. */
	static final int MOST_SHOWN = 50;

	static NoiseWindow openedAt(Instant at, Duration length) {
		return new NoiseWindow(at, at.plus(length), 0, List.of());
	}

	boolean isOver(Instant now) {
		return !now.isBefore(this.closesAt);
	}

	/**
	 * The same, unless it was opened later than it is now: then the clock has gone back
	 * since, and it ends now.
	 */
	NoiseWindow asOf(Instant now) {
		return this.openedAt.isAfter(now) ? new NoiseWindow(now, now, this.folded, this.shown) : this;
	}

	NoiseWindow fold(long position) {
		List<Long> shown = (this.shown.size() < MOST_SHOWN)
				? Stream.concat(this.shown.stream(), Stream.of(position)).toList() : this.shown;
		return new NoiseWindow(this.openedAt, this.closesAt, this.folded + 1, shown);
	}

}
