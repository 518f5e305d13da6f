package dev.belfry.notifier.matching;

import java.time.Instant;

import dev.belfry.ids.LogName;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;

/**
 * A turn of an account: its next entries are evaluated, and what comes of it is committed
 * as one, unless another node was faster.
 *
 * @param number of the last turn that was committed; who knows an older one commits
 * nothing
 * @param tries how many turns have begun since, and came to no good end
 * @param jobPosition up to where completions are evaluated
 * @param eventPosition up to where events are evaluated
 * @param rulesFrom the oldest rules that what is not evaluated may have been committed
 * under
 * @param rulesTo the newest
 * @param windowDue whether entries were folded whose window is over
 * @param now the clock of the log
 * @param epoch the number of the epoch that all this is of
 */
public record AccountTurn(AccountId account, AccountStyle style, long number, int tries, long jobPosition,
		long eventPosition, long jobEnd, long eventEnd, long rulesFrom, long rulesTo, boolean windowDue, Instant now,
		int epoch) {

	boolean hasJobs() {
		return this.jobEnd > this.jobPosition;
	}

	boolean hasEvents() {
		return this.eventEnd > this.eventPosition;
	}

	/** Whether an entry was there already when this turn began. */
	public boolean saw(Entry entry) {
		return entry.position() <= end(entry.log());
	}

	/** Where a log ended when this turn began. */
	public long end(LogName log) {
		return (log == LogName.JOBS) ? this.jobEnd : this.eventEnd;
	}

	/** Up to where a log is evaluated. */
	public long position(LogName log) {
		return (log == LogName.JOBS) ? this.jobPosition : this.eventPosition;
	}

	public boolean isAtItsEnd() {
		return !hasJobs() && !hasEvents();
	}

	/** The same turn with all that it saw evaluated. */
	public AccountTurn atItsEnd() {
		return movedTo(this.jobEnd, this.eventEnd);
	}

	/** The same turn with both logs evaluated up to there. */
	public AccountTurn movedTo(long jobPosition, long eventPosition) {
		boolean atItsEnd = jobPosition == this.jobEnd && eventPosition == this.eventEnd;
		return new AccountTurn(this.account, this.style, this.number, this.tries, jobPosition, eventPosition,
				this.jobEnd, this.eventEnd, atItsEnd ? this.rulesTo : this.rulesFrom, this.rulesTo, this.windowDue,
				this.now, this.epoch);
	}

}
