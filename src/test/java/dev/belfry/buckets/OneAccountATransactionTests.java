package dev.belfry.buckets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.log.retention.Retention;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While many accounts are busy at once, no transaction touches rows of two of them: what
 * one holds delays no other, and accounts can be kept in different databases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneAccountATransactionTests {

	/** The platform registers several in one call. */
	private static final String ALLOWED = "upsert_accounts(";

	private static final int ACCOUNTS = 6;

	/** Notes which transaction writes rows of which account. */
	private static final String WATCH = """
			create unlogged table written (
			  transaction xid8, account bigint, statement text, unique (transaction, account)
			);
			create function note_account() returns trigger language plpgsql as $$
			begin
			  insert into written
			  values (pg_current_xact_id(), case when tg_op = 'DELETE' then old.account_id else new.account_id end, current_query())
			  on conflict do nothing;
			  return case when tg_op = 'DELETE' then old else new end;
			end $$;
			do $$
			declare
			  t text;
			begin
			  for t in select c.table_name from information_schema.columns c
			    join information_schema.tables b on b.table_name = c.table_name and b.table_type = 'BASE TABLE'
			    where c.column_name = 'account_id' and c.table_schema = 'public'
			  loop
			    execute format('create trigger note_account before insert or update or delete on %I '
			      || 'for each row execute function note_account()', t);
			  end loop;
			end $$""";

	private static final Query<Long> WATCHED = Query
		.number("select count(*) from pg_trigger where tgname = 'note_account'");

	private static final Query<String> OF_TWO = Query.of(
			"select min(statement) as statement from written group by transaction having count(*) > 1",
			(row) -> Rows.text(row, "statement"));

	private static final Query<Long> OF_ONE = Query.number("select count(distinct transaction) from written");

	private static final Query<Long> UNSENT = Query
		.number("""
				select (select count(*) from delivery where state <> 'SENT')
				  + (select count(*) from notifier_progress p where (p.job_position, p.event_position) <> (p.job_end, p.event_end))""");

	private static final Query<Long> SENT = Query.number("select count(*) from delivery where state = 'SENT'");

	private final String url = TestDatabase.createDatabase();

	private final MailRelay relay = new MailRelay();

	private LocalNode node;

	@BeforeAll
	void start() {
		this.node = LocalNode.start(this.url, "spring.mail.host=127.0.0.1", "spring.mail.port=" + this.relay.port(),
				"belfry.mail.threads=8", "belfry.notifier.window=0s", "belfry.retention.initial-delay=1h",
				"belfry.alerts.overdue-interval=200ms", "spring.main.sources=" + TestAccounts.class.getName());
		TestDatabase.execute(this.url, WATCH);
	}

	@AfterAll
	void stop() {
		this.node.close();
		this.relay.close();
	}

	@Test
	void writesRowsOfOneAccountInEachTransaction() {
		List<MailedAccount> accounts = new ArrayList<>();
		for (int i = 0; i < ACCOUNTS; i++) {
			MailedAccount account = new MailedAccount(this.node.port(), this.node.bean(TestAccounts.class), this.relay);
			account.createAlert("Any", Orders.TYPE,
					Map.of("test", Map.of("field", "order.shipping.country", "operator", "EQUALS", "value", "FR")),
					"Order {{order.number}}", "x", account.email("ann"), account.email("ben"));
			account.mutate("updateNotificationSettings", Map.of("expectedVersion", 0, "globalNotifications", List
				.of(Map.of("type", "JOB_FAILED", "enabled", true, "overrideEmails", List.of("ops@x.example")))));
			accounts.add(account);
		}

		Flux.fromIterable(accounts).flatMap((account) -> Flux.range(0, 5).concatMap((round) -> {
			List<Map<String, Object>> events = IntStream.range(0, 4)
				.mapToObj((i) -> Events.one("event-" + round + "-" + i, Orders.TYPE, Orders.of("A" + i, "FR", 10)))
				.toList();
			return account.platform()
				.publish(account.name(), events)
				.then(account.platform().record(account.name(), List.of(Completions.one("run-" + round, "FAILED"))));
		})).blockLast(BelfryClient.TIMEOUT);
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> number(UNSENT) == 0 && number(SENT) > ACCOUNTS * 40);
		TestDatabase.execute(this.url,
				"alter table job_notification disable trigger note_account; update job_notification set recorded_at = recorded_at - interval '500 days'; "
						+ "alter table job_notification enable trigger note_account");
		this.node.bean(Retention.class).remove().block(BelfryClient.TIMEOUT);

		assertThat(number(WATCHED)).isGreaterThan(20);
		assertThat(number(OF_ONE)).isGreaterThan(100);
		assertThat(this.node.bean(SystemDatabase.class).all(OF_TWO).collectList().block(BelfryClient.TIMEOUT))
			.allMatch((statement) -> statement.contains(ALLOWED));
	}

	private long number(Query<Long> query) {
		return this.node.bean(SystemDatabase.class).one(query).block(BelfryClient.TIMEOUT);
	}

}
