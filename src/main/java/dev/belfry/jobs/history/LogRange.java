package dev.belfry.jobs.history;

import io.r2dbc.spi.Readable;

import dev.belfry.store.Rows;
import dev.belfry.values.TimeRange;

/**
 * A range of the log that a question is about, both ends inclusive, and how far the user
 * who asks has read.
 *
 * @param end the end of the whole log when the question was asked
 */
public record LogRange(long oldest, long newest, long end, long userId, long readPosition) {

	static final String SQL = """
			select l.job_position, l.job_floor, m.read_position,
			  (select n.position from job_notification n where n.account_id = $1 and n.recorded_at >= $2
			   order by n.recorded_at, n.position limit 1) as from_position,
			  (select n.position from job_notification n where n.account_id = $1 and n.recorded_at >= $3
			   order by n.recorded_at, n.position limit 1) as to_position
			from log_end l left join bell_mark m on m.account_id = $1 and m.user_id = $4
			where l.account_id = $1""";

	static LogRange of(Readable row, TimeRange range, long userId) {
		LogRange all = ofAll(row, userId);
		Long from = row.get("from_position", Long.class);
		Long to = row.get("to_position", Long.class);
		long start = (range.from() == null) ? all.oldest : (from != null) ? from : all.end + 1;
		long last = (range.to() == null || to == null) ? all.end : to - 1;
		return all.within(start, last);
	}

	/** The whole log. */
	static LogRange ofAll(Readable row, long userId) {
		long end = Rows.number(row, "job_position");
		Long read = row.get("read_position", Long.class);
		return new LogRange(Rows.number(row, "job_floor") + 1, end, end, userId, (read != null) ? read : 0);
	}

	boolean isEmpty() {
		return this.oldest > this.newest;
	}

	/** How many entries it has: positions have no holes. */
	public long size() {
		return Math.max(0, this.newest - this.oldest + 1);
	}

	public LogRange within(long oldest, long newest) {
		return new LogRange(oldest, newest, this.end, this.userId, this.readPosition);
	}

}
