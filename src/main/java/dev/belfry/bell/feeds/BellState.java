package dev.belfry.bell.feeds;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.caps.CapWarning;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.jobs.marks.Marks.Marked;

/**
 * What a bell shows. All counts are differences of running totals, so they cost the same
 * in a log of ten entries and of ten million.
 *
 * @param position the end of the log that the counts are of
 * @param warning what an owner of the account is warned of; null for nothing
 */
public record BellState(long position, long unseen, long unseenProblems, long unread, long seenThrough,
		long readThrough, @Nullable CapWarning warning) {

	public static BellState of(LogHead known, Marked marks) {
		LogHead head = known.or(marks.head());
		long seen = Math.max(marks.seenPosition(), head.floor());
		long seenProblems = (marks.seenPosition() >= head.floor()) ? marks.seenProblemTotal()
				: head.floorProblemTotal();
		long read = Math.max(marks.readPosition(), head.floor());
		return new BellState(head.position(), head.position() - seen, head.problemTotal() - seenProblems,
				head.position() - read - marks.readAbove() + marks.unreadBelow(), seen, read, null);
	}

	BellState warningOf(@Nullable CapWarning warning) {
		return new BellState(this.position, this.unseen, this.unseenProblems, this.unread, this.seenThrough,
				this.readThrough, warning);
	}

}
