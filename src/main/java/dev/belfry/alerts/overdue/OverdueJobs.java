package dev.belfry.alerts.overdue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.buckets.BucketShare;
import dev.belfry.buckets.Buckets;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;

/** Finds the jobs that alerts watch and that are overdue. */
@Component
class OverdueJobs {

	/** The others are found when these have been recorded. */
	private static final int MOST = 1_000;

	/**
	 * Watches that say the same count once. Intervals are those between completions by
	 * when they finished. Outages of Belfry do not count.
	 */
	static final Query<OverdueJob> FIND = Query.of(
			"""
					with watched as (
					  select v.account_id, v.watch ->> 'operation' as operation, (v.watch -> 'integrationId')::bigint as integration_id,
					         (v.watch -> 'afterMinutes')::int as after_minutes, v.watch ->> 'eventIds' as event_ids, min(v.changed_at) as since
					  from alert_version v
					  join alert a on a.account_id = v.account_id and a.alert_id = v.alert_id and a.version = v.version
					  where v.watch is not null and v.enabled and not v.deleted and $4[bucket_of(v.account_id) + 1]
					  group by 1, 2, 3, 4, 5
					), looked_at as (
					  select w.*, coalesce(r.position, 0) as position, r.finished_at, coalesce(r.finished_at, w.since) as silent_since, u.usual,
					         coalesce(w.after_minutes * 60, case when u.usual is not null then greatest(2 * u.usual, 300) end) as allowed
					  from watched w
					  left join last_completion r
					    on r.account_id = w.account_id and r.integration_id = w.integration_id and r.operation = w.operation
					  left join lateral (
					    select percentile_cont(0.5) within group (order by extract(epoch from i.later - i.earlier)::float8) as usual
					    from (select n.time as later, lead(n.time) over (order by n.time desc) as earlier from unnest(r.newest) n (time)) i
					    having count(i.earlier) >= $3
					  ) u on true
					), silent as (
					  select l.*, d.unheard, l.event_ids || l.position as event_id
					  from looked_at l cross join lateral (
					    select coalesce(sum(extract(epoch from least(t.until, $1) - greatest(t.since, l.silent_since))), 0)::float8 as unheard
					    from unheard_time t where t.until > l.silent_since and t.since < $1
					  ) d
					  where l.silent_since + make_interval(secs => l.allowed) <= $1
					    and l.silent_since + make_interval(secs => l.allowed + d.unheard) <= $1
					)
					select s.account_id, s.event_id, s.operation, i.name as integration_name, i.external_id as integration_external_id,
					       i.origin_kind, i.origin_name, i.origin_external_id, s.finished_at, s.silent_since,
					       s.allowed, s.usual, s.unheard
					from silent s
					join integration_origin i on i.account_id = s.account_id and i.integration_id = s.integration_id
					where not exists (select from known_event k where k.account_id = s.account_id and k.event_id = s.event_id)
					order by s.account_id limit $2""",
			OverdueJobs::job);

	private final SystemDatabase system;

	private final BucketShare share;

	OverdueJobs(SystemDatabase system, Buckets buckets) {
		this.system = system;
		this.share = buckets.join("overdue");
	}

	/**
	 * Those that are not recorded yet, each once, of the accounts of this node's buckets.
	 */
	Flux<OverdueJob> find(Instant now) {
		return this.system.all(FIND, now, MOST, OverdueWatch.FEWEST_INTERVALS, this.share.mine());
	}

	private static OverdueJob job(Readable row) {
		Map<String, Object> place = Map.of("integration",
				Map.of("name", Rows.text(row, "integration_name"), "externalId",
						Rows.text(row, "integration_external_id")),
				"origin", Map.of("kind", Rows.text(row, "origin_kind"), "name", Rows.text(row, "origin_name"),
						"externalId", Rows.text(row, "origin_external_id")));
		return new OverdueJob(new AccountId(Rows.number(row, "account_id")), Rows.text(row, "event_id"),
				Rows.text(row, "operation"), place, row.get("finished_at", Instant.class),
				Rows.instant(row, "silent_since"), seconds(Rows.get(row, "allowed", Double.class)),
				seconds(Rows.get(row, "unheard", Double.class)), usual(row));
	}

	private static @Nullable Duration usual(Readable row) {
		Double seconds = row.get("usual", Double.class);
		return (seconds != null) ? seconds(seconds) : null;
	}

	private static Duration seconds(double seconds) {
		return Duration.ofMillis(Math.round(seconds * 1_000));
	}

}
