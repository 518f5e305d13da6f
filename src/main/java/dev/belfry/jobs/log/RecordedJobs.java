package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/** The log of completions with the rules that were in force. */
@Component
public class RecordedJobs {

	private static final String COLUMNS = "select n.rules_version, " + JobNotification.COLUMNS;

	private static final Query<RecordedJob> AFTER = Query.of(COLUMNS + "\n" + """
			from job_notification n where n.account_id = $1 and n.position > $2 order by n.position limit $3""",
			RecordedJobs::job);

	private static final Query<RecordedJob> BY_POSITIONS = Query.of(COLUMNS + "\n" + """
			from job_notification n where n.account_id = $1 and n.position = any ($2) order by n.position""",
			RecordedJobs::job);

	private static final Query<RecordedJob> BETWEEN = Query.of(COLUMNS + "\n" + """
			from job_notification n
			where n.account_id = $1 and (n.recorded_at, n.position) > ($2, $3) and n.recorded_at < $4
			order by n.recorded_at, n.position limit $5""", RecordedJobs::job);

	private final AccountDatabase database;

	private final JobsAsEvents events;

	RecordedJobs(AccountDatabase database, JobsAsEvents events) {
		this.database = database;
		this.events = events;
	}

	/** Those after a position, oldest first, at most so many. */
	public Mono<List<RecordedJob>> after(AccountId account, long position, int most) {
		return this.database.all(account, AFTER, position, most).collectList();
	}

	/** Those that retention has not removed, oldest first, as events too. */
	public Mono<List<RecordedJob>> at(AccountId account, Collection<Long> positions) {
		return this.database.all(account, BY_POSITIONS, Param.numbers(positions))
			.collectList()
			.flatMap((jobs) -> asEvents(account, jobs));
	}

	/**
	 * Those that were recorded before an instant, oldest first, at most so many, as
	 * events too.
	 * @param from only those that were recorded at this instant or later
	 * @param position of those that were recorded at this instant, only the ones after it
	 */
	public Mono<List<RecordedJob>> between(AccountId account, Instant from, long position, Instant to, int most) {
		return this.database.all(account, BETWEEN, from, position, to, most)
			.collectList()
			.flatMap((jobs) -> asEvents(account, jobs));
	}

	/** Completions of an account as events too. */
	public Mono<List<RecordedJob>> asEvents(AccountId account, List<RecordedJob> jobs) {
		return this.events.of(account, jobs)
			.map((events) -> jobs.stream()
				.map((job) -> job.as(Objects.requireNonNull(events.get(job.notification().position()))))
				.toList());
	}

	private static RecordedJob job(Readable row) {
		return new RecordedJob(JobNotification.of(row), Rows.number(row, "rules_version"), null);
	}

}
