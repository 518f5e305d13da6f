package dev.belfry.log.retention;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** What has been kept long enough goes, whatever else happens in the database. */
@ExtendWith(OutputCaptureExtension.class)
class RetentionTests {

	private static final int ACCOUNTS = 40;

	private static String database;

	private static LocalNode node;

	@BeforeAll
	static void start() {
		database = TestDatabase.createDatabase();
		node = LocalNode.start(database, "belfry.retention.initial-delay=1h", "belfry.notifier.enabled=false",
				"belfry.mail.threads=0");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@BeforeEach
	void makeAccounts() {
		execute("""
				truncate account, account_log, job_notification, job_run, event_key, idempotency_key, noise_window, mail_day,
				  left_address restart identity cascade;
				insert into account (external_id, name) select 'shop-' || i, 'Shop' from generate_series(1, %d) i;
				insert into account_log (account_id) select account_id from account"""
			.formatted(ACCOUNTS));
	}

	/** Each statement that removes more than a step does is refused. */
	@Test
	void removesKeysInStepsHoweverManyAccountsHaveSome() {
		execute("""
				insert into job_run
				select a.account_id, 'run-' || i, i, '', now() - interval '431 days' from account a, generate_series(1, 60) i;
				insert into job_run
				select 1, 'old-' || i, i, '', now() - interval '500 days' from generate_series(1, 1200) i;
				insert into job_run select a.account_id, 'kept', 100, '', now() - interval '429 days' from account a;
				create function refuse_long_steps() returns trigger language plpgsql as $$
				begin
				  if (select count(*) from gone) > 500 then raise exception 'too many at once'; end if;
				  return null;
				end $$;
				create trigger refuse_long_steps after delete on job_run referencing old table as gone
				  for each statement execute function refuse_long_steps()""");

		remove();

		execute("drop function refuse_long_steps cascade");
		assertThat(number("select count(*) from job_run where run_id <> 'kept'")).isZero();
		assertThat(number("select count(*) from job_run")).isEqualTo(ACCOUNTS);
	}

	@Test
	void goesOnWithTheOthersWhileOneAccountIsHeld(CapturedOutput output) throws SQLException {
		logOldNotifications(3);
		try (Connection holder = TestDatabase.connect(database); Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("select * from account_log where account_id = 1 for update");

			remove();

			assertThat(number("select count(*) from job_notification")).isEqualTo(3);
			assertThat(number("select count(*) from job_notification where account_id = 1")).isEqualTo(3);
			assertThat(lag("job notifications")).isBetween(99 * 86_400.0, 101 * 86_400.0);
			assertThat(lag("events")).isLessThan(3_600);
			assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") && line.contains("Retention")))
				.singleElement()
				.asString()
				.contains("failed for 1 accounts");
			holder.rollback();
		}

		remove();

		assertThat(number("select count(*) from job_notification")).isZero();
		assertThat(lag("job notifications")).isLessThan(3_600);
	}

	@Test
	void leavesTheAccountsOfAnotherNodeToIt() {
		execute("""
				insert into worker values ('retention', 'other', clock_timestamp() + interval '4.9 s');
				update bucket set node_id = 'other' where work = 'retention' and (bucket = 2 or bucket >= 128)""");
		Awaitility.await().until(() -> buckets() == 127);
		logOldNotifications(3);

		remove();

		assertThat(number("select count(*) from job_notification where account_id <> 2")).isZero();
		assertThat(number("select count(*) from job_notification")).isEqualTo(3);

		execute("delete from worker where node_id = 'other'");
		Awaitility.await().until(() -> buckets() == 256);
		remove();
		assertThat(number("select count(*) from job_notification")).isZero();
	}

	@Test
	void countsWhatGoesWithANotificationAsPartOfTheStep() {
		logOldNotifications(20);
		execute("update job_notification set message_count = 50");

		assertThat(number("select remove_expired_jobs(1, now(), 500)")).isEqualTo(9);
		assertThat(number("select remove_expired_jobs(1, now(), 10)")).isEqualTo(1);
		assertThat(number("select remove_expired_jobs(1, now(), 500)")).isEqualTo(9);
		assertThat(number("select remove_expired_jobs(1, now(), 500)")).isEqualTo(1);
	}

	@Test
	void removesEachKindByItsAge() {
		execute("""
				insert into event_key values (1, 'old', 1, '', now() - interval '431 days'), (1, 'new', 2, '', now());
				insert into idempotency_key (account_id, operation, key, input_hash, created_at)
				select a, 'createAlert', k, '', now() - t::interval
				from (values (0), (1)) a (a), (values ('old', '26 hours'), ('new', '24 hours')) k (k, t);
				insert into noise_window
				select 1, 'GLOBAL:JOB_FAILED', k, now() - interval '1 hour', now() - t::interval, f, '{}'
				from (values ('old', '2 minutes', 0), ('new', '30 seconds', 0), ('waiting', '1 hour', 2)) k (k, t, f);
				insert into mail_day (account_id, day, queued) values (1, current_date - 10, 5), (1, current_date - 6, 5);
				insert into left_address select 1, k, '{}', now() - t::interval
				from (values ('old', '31 days'), ('new', '29 days')) k (k, t)""");

		remove();

		assertThat(texts("select event_id from event_key")).containsExactly("new");
		assertThat(texts("select account_id || key from idempotency_key order by 1")).containsExactly("0new", "1new");
		assertThat(texts("select address from noise_window order by 1")).containsExactly("new", "waiting");
		assertThat(number("select count(*) from mail_day")).isEqualTo(1);
		assertThat(texts("select address_key from left_address")).containsExactly("new");
	}

	/** Of each account, of which retention is 100 days behind. */
	private static void logOldNotifications(int number) {
		execute("""
				insert into job_notification
				select a.account_id, i, 1, 1, 0, 0, t, t, t, 0, 'SOURCE', 'SUCCEEDED', 'GET_ORDERS', 'Get Orders', 'Shop', 'Shop',
				       'run-' || i, '', '{}', ''
				from account a, generate_series(1, %1$d) i, (select now() - interval '500 days') t (t);
				update account_log set job_position = %1$d"""
			.formatted(number));
	}

	private static void remove() {
		node.bean(Retention.class).remove().block(BelfryClient.TIMEOUT);
	}

	/** In seconds. */
	private static double buckets() {
		return node.bean(MeterRegistry.class).get("belfry.buckets").tag("work", "retention").gauge().value();
	}

	private static double lag(String kind) {
		return node.bean(MeterRegistry.class).get("belfry.retention.lag").tag("of", kind).gauge().value();
	}

	private static void execute(String sql) {
		TestDatabase.execute(database, sql);
	}

	private static long number(String sql) {
		return Long.parseLong(texts(sql).get(0));
	}

	private static List<String> texts(String sql) {
		try (Connection connection = TestDatabase.connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> texts = new java.util.ArrayList<>();
			while (rows.next()) {
				texts.add(rows.getString(1));
			}
			return texts;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
