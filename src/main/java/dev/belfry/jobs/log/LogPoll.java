package dev.belfry.jobs.log;

import java.time.Instant;
import java.util.Collection;

import org.springframework.stereotype.Component;

import dev.belfry.store.Param;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks for what moved in the logs and marks of many accounts, one statement for all. */
@Component
public class LogPoll {

	private static final Query<Ends> ENDS = Query.of("""
			select account_id, job_position, job_floor from log_end where account_id = any ($1)""",
			(row) -> new Ends(new AccountId(Rows.number(row, "account_id")), Rows.number(row, "job_position"),
					Rows.number(row, "job_floor")));

	private static final Query<Marker> MARKERS = Query.of("""
			select account_id, user_id from bell_mark where changed_at > $1""",
			(row) -> new Marker(new AccountId(Rows.number(row, "account_id")), Rows.number(row, "user_id")));

	private static final Query<Instant> NOW = Query.of("select clock_timestamp() as now",
			(row) -> Rows.instant(row, "now"));

	private final SystemDatabase system;

	LogPoll(SystemDatabase system) {
		this.system = system;
	}

	/** The time by the database's clock, which marks are dated by. */
	public Mono<Instant> now() {
		return this.system.one(NOW);
	}

	/** Where the logs of these accounts begin and end. */
	public Flux<Ends> ends(Collection<AccountId> accounts) {
		return this.system.all(ENDS, Param.numbers(accounts, AccountId::value));
	}

	/** Whose marks changed after an instant. */
	public Flux<Marker> marked(Instant after) {
		return this.system.all(MARKERS, after);
	}

	/** The end and the floor of a log. */
	public record Ends(AccountId account, long position, long floor) {
	}

	/** A user with marks. */
	public record Marker(AccountId account, long userId) {
	}

}
