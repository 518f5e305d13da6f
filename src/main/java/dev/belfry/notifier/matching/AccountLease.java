package dev.belfry.notifier.matching;

import java.time.Instant;

import dev.belfry.ids.LogName;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;

/**
 * An account whose logs this node may evaluate now.
 *
 * @param number grows with each commit; one that knows an older number commits nothing
 * @param jobPosition up to where completions are evaluated
 * @param eventPosition up to where events are evaluated
 * @param rulesFrom the oldest rules that what is not evaluated may have been committed
 * under
 * @param rulesTo the newest
 * @param windowDue whether entries were folded whose window is over
 * @param now the clock of the log
 * @param epoch the number of the epoch that all this is of
 */
public record AccountLease(AccountId account, AccountStyle style, long number, long jobPosition, long eventPosition,
		long jobEnd, long eventEnd, long rulesFrom, long rulesTo, boolean windowDue, Instant now, int epoch) {

	boolean hasJobs() {
		return this.jobEnd > this.jobPosition;
	}

	boolean hasEvents() {
		return this.eventEnd > this.eventPosition;
	}

	/** Whether an entry was there already when this lease began. */
	public boolean saw(Entry entry) {
		return entry.position() <= ((entry.log() == LogName.JOBS) ? this.jobEnd : this.eventEnd);
	}

	public boolean isAtItsEnd() {
		return !hasJobs() && !hasEvents();
	}

	/** The same lease with all that it saw evaluated. */
	public AccountLease atItsEnd() {
		return movedTo(this.jobEnd, this.eventEnd, this.rulesTo);
	}

	public AccountLease movedTo(long jobPosition, long eventPosition, long rulesFrom) {
		return new AccountLease(this.account, this.style, this.number, jobPosition, eventPosition, this.jobEnd,
				this.eventEnd, rulesFrom, this.rulesTo, this.windowDue, this.now, this.epoch);
	}

}
