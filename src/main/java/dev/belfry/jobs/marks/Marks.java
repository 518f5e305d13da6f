package dev.belfry.jobs.marks;

import java.util.Collection;

import io.r2dbc.spi.Readable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import dev.belfry.database.connections.Epoch;
import dev.belfry.jobs.log.LogHead;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** What users have seen and read. */
@Component
public class Marks {

	private static final String COLUMNS = """
			select job_position, job_problem_total, job_floor, job_floor_problem_total,
			       seen_position, seen_problem_total, read_position, unread_below, read_above, version
			from\s""";

	private static final Query<Marked> BELL = Query.of(COLUMNS + "bell_of($1, $2)", Marked::of);

	private static final Query<Marked> SEEN = Query.of(COLUMNS + "mark_bell_seen($1, $2, $3)", Marked::of);

	private static final Query<Marked> ALL_READ = Query.of(COLUMNS + "mark_all_read($1, $2, $3)", Marked::of);

	private static final Query<Marked> READ = Query.of(COLUMNS + "set_read($1, $2, $3, $4)", Marked::of);

	private final AccountDatabase database;

	private final ApplicationEventPublisher events;

	public Marks(AccountDatabase database, ApplicationEventPublisher events) {
		this.database = database;
		this.events = events;
	}

	public Mono<Marked> of(AccountId account, long userId) {
		return this.database.one(account, BELL, userId);
	}

	/**
	 * Everything up to a position has been seen. A position before the mark, or beyond
	 * the log's end, changes nothing.
	 */
	public Mono<Marked> seen(AccountId account, long userId, long through) {
		return this.database.one(account, SEEN, userId, through);
	}

	/**
	 * Everything up to a position has been read. A position beyond the log's end changes
	 * nothing.
	 */
	public Mono<Marked> allRead(AccountId account, long userId, long through) {
		return this.database.one(account, ALL_READ, userId, through);
	}

	public Mono<Marked> read(AccountId account, long userId, Collection<Long> positions, boolean read) {
		return this.database.one(account, READ, userId, Param.numbers(positions), read);
	}

	/**
	 * Tells open bells of a change, once it is committed.
	 * @param epoch the present one as the change began
	 */
	public void announce(Epoch epoch, AccountId account, long userId, Marked marked) {
		this.events.publishEvent(new MarksChanged(epoch, account, userId, marked));
	}

	/**
	 * The marks of a user, with the ends of the log at that moment.
	 *
	 * @param seenPosition up to where the user has seen
	 * @param seenProblemTotal how many up to there did not succeed
	 * @param readPosition up to where the user has read all but exceptions
	 * @param unreadBelow how many up to there are unread after all
	 * @param readAbove how many after it are read already
	 * @param version grows with each change
	 */
	public record Marked(LogHead head, long seenPosition, long seenProblemTotal, long readPosition, long unreadBelow,
			long readAbove, long version) {

		static Marked of(Readable row) {
			return new Marked(LogHead.of(row), Rows.number(row, "seen_position"),
					Rows.number(row, "seen_problem_total"), Rows.number(row, "read_position"),
					Rows.number(row, "unread_below"), Rows.number(row, "read_above"), Rows.number(row, "version"));
		}

	}

}
