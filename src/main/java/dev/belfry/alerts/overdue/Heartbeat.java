package dev.belfry.alerts.overdue;

import java.time.Instant;

import io.r2dbc.postgresql.codec.Interval;
import org.springframework.stereotype.Component;

import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import reactor.core.publisher.Mono;

/**
 * Keeps in the database that a node runs and reaches it, so completions can be logged. If
 * none did for a while, that was an outage and no silence of the platform's.
 */
@Component
class Heartbeat {

	private static final Query<Instant> HEAR = Query.of("select hear($1, $2) as heard_at",
			(row) -> Rows.instant(row, "heard_at"));

	private final SystemDatabase system;

	private final OverdueSettings settings;

	Heartbeat(SystemDatabase system, OverdueSettings settings, Loops loops) {
		this.system = system;
		this.settings = settings;
		loops.run(LoopPlan
			.every(settings.overdueInterval(), "heartbeat", "The heartbeat of this node could not be recorded")
			.first(settings.overdueInterval()), this::beat);
	}

	/**
	 * Records that completions can be recorded, now or still. Answers the time by the
	 * database's clock, by which silence is reckoned.
	 */
	Mono<Instant> beat() {
		return this.system.one(HEAR, Interval.of(this.settings.longestPause()),
				Interval.of(this.settings.overdueGrace()));
	}

}
