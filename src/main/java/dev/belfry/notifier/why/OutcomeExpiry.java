package dev.belfry.notifier.why;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.log.retention.Expiry;

/** What came of an entry goes with the entry, and noise windows once they are over. */
@Configuration(proxyBeanMethods = false)
class OutcomeExpiry {

	@Bean
	Expiry outcomes() {
		return withEntries("reasons of e-mails", "notification_outcome", "topic, address");
	}

	@Bean
	Expiry evaluations() {
		return withEntries("evaluations of alerts", "alert_evaluation", "alert_id");
	}

	@Bean
	Expiry noiseWindows() {
		return Expiry.byAge("noise windows", "noise_window", "topic, address", "closes_at", "interval '1 minute'",
				"k.folded = 0");
	}

	/**
	 * Rows that belong to entries which are no longer in their log.
	 * @param key the columns of the primary key after the account, the log and the
	 * position
	 */
	private static Expiry withEntries(String name, String table, String key) {
		String gone = """
				join log_end l on l.account_id = a.account_id
				cross join lateral (values ('JOBS', l.job_floor), ('EVENTS', l.event_floor)) f (log, floor)
				cross join lateral (
				  select k.account_id, k.log, k.position, %s from %s k
				  where k.account_id = a.account_id and k.log = f.log and k.position <= f.floor
				  order by k.position limit %%s
				) o""".formatted(key, table);
		return Expiry.deleting(name,
				"select distinct a.account_id, $1::timestamptz as since from unnest($2::bigint[]) a (account_id) "
						+ gone.formatted("1"),
				"""
						delete from %1$s where (account_id, log, position, %2$s) in (
						  select o.account_id, o.log, o.position, %3$s
						  from (select $1::bigint as account_id where $2::timestamptz is not null) a
						  %4$s limit $3)""".formatted(table, key, "o." + key.replace(", ", ", o."),
						gone.formatted("$3")));
	}

}
