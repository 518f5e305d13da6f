package dev.belfry.jobs.log;

import io.r2dbc.spi.Readable;

import dev.belfry.store.Rows;

/**
 * Where an account's log of jobs begins and ends, with how many completions up to there
 * did not succeed. Positions up to the floor have been removed by retention.
 */
public record LogHead(long position, long problemTotal, long floor, long floorProblemTotal) {

	/** Not read yet. */
	public static final LogHead UNKNOWN = new LogHead(0, 0, 0, 0);

	public static LogHead of(Readable row) {
		return new LogHead(Rows.number(row, "job_position"), Rows.number(row, "job_problem_total"),
				Rows.number(row, "job_floor"), Rows.number(row, "job_floor_problem_total"));
	}

	/**
	 * Whether the log begins later by now, or ends earlier, which only a look at both
	 * ends tells for sure.
	 */
	public boolean isElsewhere(long position, long floor) {
		return floor > this.floor || position < this.position;
	}

	/** Both are true of the log; this is the later of each end. */
	public LogHead or(LogHead other) {
		LogHead end = (other.position > this.position) ? other : this;
		LogHead floor = (other.floor > this.floor) ? other : this;
		return new LogHead(end.position, end.problemTotal, floor.floor, floor.floorProblemTotal);
	}

}
