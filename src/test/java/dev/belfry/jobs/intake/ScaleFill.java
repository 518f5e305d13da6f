package dev.belfry.jobs.intake;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.flywaydb.core.Flyway;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.benchmark.BenchmarkServer;
import dev.belfry.benchmark.Session;
import dev.belfry.jobs.log.Job;

/**
 * Fills a database with logs as {@code record_job_completions} would have written them
 * over 400 days, though set by set: accounts take turns in the table as they do in time.
 * Left out are what a run id was used for and the messages themselves, which no question
 * here reads.
 */
public final class ScaleFill {

	public static final long BIG = 1;

	/** Raise it when the data changes, so that older ones are thrown away. */
	private static final int VERSION = 4;

	private final BenchmarkServer server;

	private final String name;

	private final long notifications;

	private final int accounts;

	/** One account has a fifth of all notifications, the others have equal shares. */
	public ScaleFill(BenchmarkServer server, String name, long notifications, int accounts) {
		this.server = server;
		this.name = name;
		this.notifications = notifications;
		this.accounts = accounts;
	}

	/** Fills the database unless an earlier run has. */
	public void run() {
		if (isFilled()) {
			return;
		}
		long start = System.nanoTime();
		System.out.printf("Filling %s with %,d notifications of %,d accounts …%n", this.name, this.notifications,
				this.accounts);
		try (Session session = Session.on(this.server.database("postgres"))) {
			session.run("drop database if exists " + this.name, "create database " + this.name);
		}
		Flyway.configure().dataSource(this.server.database(this.name)).load().migrate();
		try (Session session = Session.on(this.server.database(this.name))) {
			fill(session);
		}
		System.out.printf("… filled in %d s.%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
	}

	private boolean isFilled() {
		try (Session session = Session.on(this.server.database("postgres"))) {
			if (!session.any("select 1 from pg_database where datname = '" + this.name + "'")) {
				return false;
			}
		}
		try (Session session = Session.on(this.server.database(this.name))) {
			return session.any("select 1 from pg_tables where tablename = 'scale_fill'")
					&& session.any("select 1 from scale_fill where version = " + VERSION + " and notifications = "
							+ this.notifications + " and accounts = " + this.accounts);
		}
	}

	private void fill(Session session) {
		session.run("set synchronous_commit = off", "set work_mem = '512MB'", "set maintenance_work_mem = '2GB'");
		samples(session);
		accounts(session);
		positions(session);
		List<String> indexes = withoutIndexes(session);
		notifications(session);
		indexes.forEach(session::run);
		tallies(session);
		logs(session);
		session.run("drop table sample, entry", "vacuum analyze", "checkpoint",
				"create table scale_fill as select %d as version, %d as notifications, %d as accounts"
					.formatted(VERSION, this.notifications, this.accounts));
	}

	private static void samples(Session session) {
		session.run("""
				create unlogged table sample (
				  sample int primary key, integration int, origin int, origin_kind text, outcome text, operation text,
				  operation_name text, integration_name text, origin_name text, summary text, seconds int, messages int,
				  counts jsonb, words text[])""");
		String insert = "insert into sample values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, string_to_array(?, E'\\n'))";
		try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
			int number = 0;
			for (ScaleSamples.Sample sample : new ScaleSamples().all()) {
				bind(statement, number++, sample);
				statement.addBatch();
			}
			statement.executeBatch();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		session.run("analyze sample");
	}

	private static void bind(PreparedStatement statement, int number, ScaleSamples.Sample sample) throws SQLException {
		PreparedCompletion prepared = sample.prepared();
		JobCompletion completion = prepared.completion();
		Job job = completion.job();
		ScaleSamples.Feed feed = sample.feed();
		Object[] values = { number, feed.integration(), feed.origin(), feed.kind().name(), job.outcome().name(),
				job.operation(), prepared.operationName(), feed.name(), feed.originName(), prepared.summary(),
				(int) Duration.between(job.startedAt(), job.finishedAt()).toSeconds(), completion.messages().size(),
				new JsonMapper().writeValueAsString(job.counts()),
				PreparedCompletion.terms(prepared.words(), job.counts()) };
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
	}

	private void accounts(Session session) {
		session.run("""
				insert into account (account_id, external_id, name) overriding system value
				select n, 'a' || n, 'Account ' || n from generate_series(1, %d) n""".formatted(this.accounts), """
				insert into account_user (account_id, user_id, external_id, name)
				select account_id, 1, 'u' || account_id, 'User ' || account_id from account""", """
				insert into origin (account_id, origin_id, kind, external_id, name)
				select distinct on (a.account_id, s.origin)
				       a.account_id, s.origin + 1, s.origin_kind, 'o' || s.origin, s.origin_name
				from account a, sample s""", """
				insert into integration (account_id, integration_id, origin_id, external_id, name)
				select distinct on (a.account_id, s.integration) a.account_id, s.integration + 1, s.origin + 1,
				       'i' || s.integration, s.integration_name
				from account a, sample s""", """
				insert into id_counter (account_id, kind, last_id, history)
				select account_id, k.kind, 100, 0
				from account cross join (values ('account_user'), ('origin'), ('integration')) k (kind)""");
	}

	/**
	 * Who recorded what when, in the order of time. An account's completions come evenly;
	 * which sample each is, a hash decides. The retired integration ends after 220 days.
	 */
	private void positions(Session session) {
		session
			.run("""
					create unlogged table entry as
					with numbered as (
					  select a.account_id, p.position, timestamptz '2025-10-01 00:00Z' + interval '400 days'
					           * ((p.position - 1 + abs(hashint8extended(p.position, a.account_id) %% 1000) / 1000.0) / a.number)
					           as recorded_at,
					         abs(hashint8extended(a.account_id * 100000000 + p.position, 42) %% %d)::int as sample
					  from (select account_id, case account_id when %d then %d::bigint else %d end as number from account) a,
					       generate_series(1, a.number) p (position)
					), told as (
					  select account_id, position, recorded_at,
					         case when sample >= %d and recorded_at >= timestamptz '2025-10-01 00:00Z' + interval '220 days'
					              then sample - %d else sample end as sample
					  from numbered
					)
					select t.account_id, t.position, t.recorded_at, t.sample,
					       count(*) filter (where s.outcome <> 'SUCCEEDED')
					         over (partition by t.account_id order by t.position rows unbounded preceding) as problem_total
					from told t join sample s using (sample)
					order by t.recorded_at"""
				.formatted(ScaleSamples.NUMBER, BIG, this.notifications / 5,
						this.notifications * 4 / 5 / (this.accounts - 1), ScaleSamples.RETIRED,
						ScaleSamples.NUMBER / 2));
		session.run("analyze entry");
	}

	/** They are faster made of a full table. */
	private static List<String> withoutIndexes(Session session) {
		String indexes = " from pg_index where indrelid = 'job_notification'::regclass and not indisprimary";
		List<String> definitions = new ArrayList<>(session.texts("select pg_get_indexdef(indexrelid)" + indexes));
		session.texts("select 'drop index ' || indexrelid::regclass" + indexes).forEach(session::run);
		session.run("alter table job_notification drop constraint job_notification_pkey");
		definitions.add(0, "alter table job_notification add primary key (account_id, position)");
		return definitions;
	}

	/** The terms are put together as record_job_completions does. */
	private static void notifications(Session session) {
		session.run("set max_parallel_workers_per_gather = 0", "set enable_mergejoin = off",
				"set enable_nestloop = off",
				"""
						insert into job_notification
						select e.account_id, e.position, i.integration_id, i.origin_id, e.problem_total, 0,
						       e.recorded_at - make_interval(secs => s.seconds + 1), e.recorded_at - interval '1 second',
						       e.recorded_at, s.messages, s.origin_kind, s.outcome, s.operation, s.operation_name,
						       s.integration_name, s.origin_name, 'run-' || e.account_id || '-' || e.position, s.summary,
						       s.counts,
						       array_to_tsvector(s.words
						         || case when s.messages > 0 then array[(e.position * 7919 % 9000000 + 1000000)::text] end
						         || array['=k:' || s.origin_kind, '=g:' || e.account_id || ':' || i.origin_id,
						                  '=i:' || e.account_id || ':' || i.integration_id, '=o:' || s.operation, '=u:' || s.outcome])
						from entry e
						join sample s using (sample)
						cross join lateral (select s.integration + 1 as integration_id,
						                           s.origin + 1 as origin_id) i""");
	}

	private static void tallies(Session session) {
		String tallies = """
				insert into job_tally
				select account_id, %s, integration_id, operation, outcome, count(*) from job_notification
				group by 1, 2, 3, 4, 5 order by min(recorded_at)""";
		session.run(tallies.formatted("(recorded_at at time zone 'UTC')::date"),
				tallies.formatted("'-infinity'::date"));
	}

	/**
	 * The user of the big account has seen all but the last 500, and read all but 100
	 * more.
	 */
	private static void logs(Session session) {
		session.run("""
				insert into account_log (account_id, job_position, job_problem_total, job_recorded_at)
				select account_id, max(position), max(problem_total), max(recorded_at) from entry group by 1""",
				"""
						insert into bell_mark (account_id, user_id, seen_position, seen_problem_total, read_position)
						select l.account_id, 1, e.position, e.problem_total, greatest(e.position - 100, 0)
						from account_log l join entry e on e.account_id = l.account_id and e.position = greatest(l.job_position - 500, 1)""");
	}

}
