package dev.belfry.halts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.TestDatabase;

/** What the database has of the e-mails. */
final class Ledger {

	private static final Query<Mail> DELIVERIES = Query
		.of("select message_id, address, content ->> 'subject' as subject from written_delivery", Ledger::mail);

	private static final Query<Mail> IN_HAND = Query.of(
			"select message_id, address, content ->> 'subject' as subject from written_delivery where state = 'SENDING'",
			Ledger::mail);

	private static final Query<Map.Entry<String, Integer>> TOLD = counts("""
			select concat_ws(' ', case when alert_version is null then topic else topic_title end, address) as what,
			       sum(entries)::int as number
			from delivery group by 1""");

	private static final Query<Map.Entry<String, Integer>> EVALUATED = counts("""
			select concat(v.name, ', version ', e.version, e.error) as what, count(*)::int as number
			from alert_evaluation e
			join alert_version v on v.account_id = e.account_id and v.alert_id = e.alert_id and v.version = e.version
			group by 1""");

	private static final Query<Map.Entry<String, Integer>> SILENCES = counts(
			"""
					select concat_ws(' ', a.external_id, e.payload #>> '{job,operation}', e.payload #>> '{overdue,lastCompletedAt}') as what,
					       count(*)::int as number
					from platform_event e join account a on a.account_id = e.account_id where e.type = 'JOB_OVERDUE' group by 1""");

	private static final Query<Long> MISCOUNTED = Query.number("""
			select count(*) from delivery d where d.entries <> (
			  select count(*) from notification_outcome o where o.account_id = d.account_id
			    and o.topic = d.topic and o.address = d.address and o.delivery_id = d.delivery_id)""");

	private static final Query<Long> UNDER_WAY = Query.number("""
			select count(*) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'""");

	private static final Query<Long> UNDONE = Query.number("""
			select (select count(*) from delivery where state <> 'SENT')
			  + (select count(*) from noise_window where folded > 0)
			  + (select count(*) from notifier_progress p
			     where (p.job_position, p.event_position) <> (p.job_end, p.event_end))""");

	private static final Query<Long> BEHIND = Query.number("""
			select count(*) from notifier_progress p
			where (p.job_position, p.event_position) <> (p.job_end, p.event_end)""");

	private static final Query<Long> SENT = Query.number("select count(*) from delivery where state = 'SENT'");

	private static final Query<Long> END_WINDOWS = Query.number("""
			with ended as (
			  update noise_window set closes_at = clock_timestamp() returning 1
			) select count(*) from ended""");

	private static final Query<Long> END_LEASES = Query.number("""
			with ended as (
			  update worker set leased_until = clock_timestamp() returning 1
			), resumed as (
			  update notifier set not_before = null
			) select count(*) from ended""");

	/** As if every node were late to renew its lease. */
	private static final String SHORT_LEASES = """
			create function end_lease() returns trigger language plpgsql as $$
			begin
			  new.leased_until := clock_timestamp();
			  return new;
			end
			$$;
			create trigger short_leases before insert or update on worker
			for each row execute function end_lease()""";

	private static final Query<Long> END_CLAIMS = Query
		.number("""
				with ended as (
				  update delivery set due_at = clock_timestamp(), lapsed_attempt = attempts where state = 'SENDING' returning 1
				) select count(*) from ended""");

	private final String url;

	private final SystemDatabase database;

	Ledger(String url, SystemDatabase database) {
		this.url = url;
		this.database = database;
		TestDatabase.execute(url, SHORT_LEASES);
	}

	/** Forgets the logs and the e-mails so far. */
	void clear() {
		TestDatabase.execute(this.url,
				"""
						truncate account_log, platform_event, event_key, job_notification, alert, alert_evaluation, notifier, noise_window,
						  notification_outcome, delivery, mail_day cascade""");
	}

	List<Mail> deliveries() {
		return all(DELIVERIES);
	}

	/** What nodes have claimed, and have recorded nothing of. */
	List<Mail> inHand() {
		return all(IN_HAND);
	}

	/**
	 * Of how many entries each address is told, by the topic of a notification or the
	 * name of an alert, and the address.
	 */
	Map<String, Integer> told() {
		return counted(TOLD);
	}

	/** How many entries versions of alerts matched, by their names and numbers. */
	Map<String, Integer> evaluated() {
		return counted(EVALUATED);
	}

	/**
	 * How many events there are of each silence, by account, operation and its last end.
	 */
	Map<String, Integer> silences() {
		return counted(SILENCES);
	}

	/** How many e-mails say a number of entries that is not recorded of them. */
	long miscounted() {
		return number(MISCOUNTED);
	}

	/** Whether no statement is under way, not even one of a node that is gone. */
	boolean isQuiet() {
		return number(UNDER_WAY) == 0;
	}

	/** Whether everything is evaluated, told and sent. */
	boolean isDone() {
		return number(UNDONE) == 0;
	}

	/** Whether the notifier has come to the end of all logs. */
	boolean isEvaluated() {
		return number(BEHIND) == 0;
	}

	/** How many e-mails the relay has accepted, as far as that is recorded. */
	long sent() {
		return number(SENT);
	}

	/** Lets the time pass in which more of the same is folded. */
	void endWindows() {
		number(END_WINDOWS);
	}

	/**
	 * Whether nodes take over from each other all the time, also from one that lives.
	 */
	void haveShortLeases(boolean all) {
		TestDatabase.execute(this.url, "alter table worker " + (all ? "enable" : "disable") + " trigger short_leases");
	}

	/** Lets accounts send so many e-mails on one day; null: as many as they like. */
	void haveDailyCap(@Nullable Integer cap) {
		TestDatabase.execute(this.url, "update account set daily_email_cap = " + cap);
	}

	/** Lets the next day begin for e-mails. */
	void beginDay() {
		TestDatabase.execute(this.url, "update mail_day set queued = 0");
	}

	/** Lets the time pass after which a node takes over from another. */
	void endLeases() {
		number(END_LEASES);
	}

	/** Lets the time pass after which a mail worker takes over from another. */
	void endClaims() {
		number(END_CLAIMS);
	}

	private long number(Query<Long> query) {
		return this.database.one(query).block(BelfryClient.TIMEOUT);
	}

	private <T> List<T> all(Query<T> query) {
		return this.database.all(query).collectList().block(BelfryClient.TIMEOUT);
	}

	private Map<String, Integer> counted(Query<Map.Entry<String, Integer>> query) {
		Map<String, Integer> counted = new TreeMap<>();
		all(query).forEach((each) -> counted.put(each.getKey(), each.getValue()));
		return counted;
	}

	private static Query<Map.Entry<String, Integer>> counts(String sql) {
		return Query.of(sql, (row) -> Map.entry(Rows.text(row, "what"), Rows.get(row, "number", Integer.class)));
	}

	private static Mail mail(Readable row) {
		return new Mail(Rows.text(row, "message_id"), Rows.text(row, "address"), Rows.text(row, "subject"));
	}

}
