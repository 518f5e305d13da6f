package dev.belfry.database.connections;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a function reads for a batch grows with the batch, and not with the table: also by
 * a plan that was made when the table was empty, and is kept.
 */
class BatchPlansTests {

	/** Of an account, or of the installation. */
	private static final int ROWS = 1_000;

	private static final int ITEMS = 100;

	/**
	 * Rows of all tables: so many for each item, and a table that is new a few times, but
	 * not for each item.
	 */
	private static final int MOST_READ = 15 * ITEMS + 4 * ROWS;

	/**
	 * They make rows of which PostgreSQL itself looks for what the row belongs to, and
	 * may read that table for each.
	 */
	private static final Set<String> CHECKED = Set.of("record_job_completions", "record_attempts");

	/** They take lists that are not batches of rows to find. */
	private static final Map<String, String> NO_BATCH = Map.ofEntries(
			Map.entry("delivery_turns", "reads what is ready, for as many turns as it gives"),
			Map.entry("deliveries_to_wake", "reads what is due, by time"),
			Map.entry("accounts_with_capped", "reads an account of each that has some"),
			Map.entry("lease_buckets", "256 buckets at most"),
			Map.entry("erase_address", "all that is kept of one address"),
			Map.entry("leave_address", "all that waits for one address"),
			Map.entry("still_leads_to", "one alert, or the users of an account"),
			Map.entry("stop_topics", "all that waits of a topic"), Map.entry("newest_times", "reads no table"),
			Map.entry("name_integrations", "a part of record_job_completions"),
			Map.entry("save_settings", "one version"), Map.entry("save_alert", "one version"),
			Map.entry("save_recipient_list", "one version"), Map.entry("tell_quota_use", "one row for each node"));

	/** In the order in which they make rows for each other. */
	private static final Map<String, Batch> BATCHES = new LinkedHashMap<>();

	static {
		BATCHES.put("upsert_accounts", (from, to) -> "select * from upsert_accounts('"
				+ json("{\"external_id\":\"a-%1$d\",\"name\":\"Shop %1$d\"}", from, to) + "')");
		BATCHES.put("accounts_to_evaluate",
				(from, to) -> "select * from accounts_to_evaluate(array_fill(true, array[256]), "
						+ array("%d", from, to) + "::bigint[])");
		BATCHES.put("upsert_users", (from, to) -> "select * from upsert_users(1, '"
				+ json("{\"external_id\":\"u-%1$d\",\"name\":\"User %1$d\"}", from, to) + "')");
		BATCHES.put("record_job_completions", (from, to) -> "select * from record_job_completions(1, '" + json("""
				{"item":%1$d,"run_id":"r-%1$d","input_hash":"h","origin_kind":"SOURCE","origin_external_id":"o-%1$d",
				 "origin_name":"Origin %1$d","integration_external_id":"i","integration_name":"Shop %1$d",
				 "operation":"GET_ORDERS","operation_name":"Get orders","outcome":"SUCCEEDED",
				 "started_at":"2026-01-01T00:00:00Z","finished_at":"2026-01-01T00:00:01Z","summary":"Done.","counts":{},
				 "words":"done","messages":[{"severity":"INFO","text":"Done."}]}""", from, to) + "')");
		BATCHES.put("set_read",
				(from, to) -> "select * from set_read(1, 1, " + array("%d", from, to) + "::bigint[], false)");
		BATCHES.put("publish_events", (from, to) -> "select * from publish_events(1, '" + json("""
				{"item":%1$d,"event_id":"e-%1$d","input_hash":"h","type":"ORDER_IMPORTED",
				 "occurred_at":"2026-01-01T00:00:00Z","payload":{}}""", from, to) + "')");
		BATCHES.put("queue_deliveries", (from, to) -> "select * from queue_deliveries(1, '" + emails(from, to)
				+ "', '[]', 1000000, clock_timestamp())");
		BATCHES.put("wake_deliveries", (from, to) -> "select wake_deliveries(1, " + deliveries(from, to)
				+ ", interval '1 h', interval '1 s')");
		BATCHES.put("claim_deliveries",
				(from, to) -> "select * from claim_deliveries(1, " + deliveries(from, to) + ", interval '1 h')");
		BATCHES.put("record_attempts", (from, to) -> "select record_attempts(1, " + deliveries(from, to) + ", "
				+ array("1", from, to) + ", " + array("'m-%d'", from, to) + ", " + array("1.0", from, to) + ", "
				+ array("'SENT'", from, to) + ", " + array("'DATA'", from, to) + ", " + array("250", from, to) + ", "
				+ array("'ok'", from, to) + ", " + array("'SENT'", from, to) + ", " + array("1.0", from, to) + ")");
		BATCHES.put("end_turn", (from, to) -> {
			String windows = json("""
					{"topic":"ALERT:1","address":"w-%1$d@example.com","opened_at":"2026-01-01T00:00:00Z",
					 "closes_at":"2026-01-01T00:00:01Z","folded":1,"shown":[1]}""", from, to);
			return "select end_turn(1, coalesce((select n.turn from notifier n where n.account_id = 1), 0), 0, 0, 0, null, null, false, '"
					+ emails(from + 1_000_000, to + 1_000_000) + "', '[]', 1000000, '" + windows + "', '" + windows
					+ "', '" + json("{\"topic\":\"ALERT:1\",\"address\":\"w-%1$d@example.com\",\"email\":0}", from, to)
					+ "', '"
					+ json("""
							{"log":"JOBS","position":%1$d,"topic":"ALERT:1","address":"w-%1$d@example.com","email":null}""",
							from, to)
					+ "', '" + json("""
							{"log":"JOBS","position":%1$d,"alert_id":1,"version":1,"subject":"s","addresses":1,
							 "unresolved":[]}""", from, to) + "')";
		});
	}

	/** The same may be said twice. */
	private static final Set<String> REPEATABLE = Set.of("upsert_accounts", "upsert_users", "record_job_completions",
			"set_read", "publish_events");

	/** They change names of what they find. */
	private static final Set<String> RENAMING = Set.of("upsert_accounts", "upsert_users", "record_job_completions");

	/** What PostgreSQL believes of a table of which it knows nothing good. */
	enum Belief {

		/** It was never analyzed. */
		UNKNOWN(-1, 0),
		/** It was analyzed when it was empty. */
		EMPTY(0, 0),
		/** It was analyzed when all its rows were of transactions under way. */
		NOTHING_VISIBLE(0, 1);

		private final int rows;

		private final int pages;

		Belief(int rows, int pages) {
			this.rows = rows;
			this.pages = pages;
		}

		String sql() {
			return "update pg_class set reltuples = %d, relpages = %d where relkind = 'r' and relnamespace = 'public'::regnamespace"
				.formatted(this.rows, this.pages);
		}

	}

	@ParameterizedTest
	@EnumSource
	void readsForABatchWhatBelongsToIt(Belief belief) throws SQLException {
		String url = TestDatabase.createMigratedDatabase();
		TestDatabase.execute(url, """
				do $$ declare t regclass; begin
				  for t in select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
				    execute format('alter table %s set (autovacuum_enabled = false)', t);
				  end loop;
				end $$""");
		TestDatabase.execute(url, belief.sql());
		try (Connection connection = TestDatabase.connectAsNode(url);
				Statement statement = connection.createStatement()) {
			statement.execute("select know_installation()");
			connection.setAutoCommit(false);

			statement.execute(BATCHES.get("upsert_accounts").sql(0, 0));
			// What decision 77 has left is so for tables that were analyzed at a bad
			// moment.
			boolean hasLeft = belief != Belief.UNKNOWN;
			Map<String, Integer> read = new LinkedHashMap<>();
			for (Map.Entry<String, Batch> batch : BATCHES.entrySet()) {
				int from = 1;
				for (int to = 1; to <= ROWS; from = to + 1, to += ITEMS) {
					statement.execute(before(batch.getKey(), from, to));
					statement.execute(batch.getValue().sql(from, to));
					connection.commit();
				}
				int to = from + ITEMS - 1;
				statement.execute(before(batch.getKey(), from, to));
				String sql = batch.getValue().sql(from, to);
				read.put(batch.getKey(), read(statement, sql));
				connection.commit();
				if (REPEATABLE.contains(batch.getKey())) {
					read.put(batch.getKey() + ", again", read(statement, sql));
					connection.commit();
				}
				if (RENAMING.contains(batch.getKey()) && !(hasLeft && CHECKED.contains(batch.getKey()))) {
					read.put(batch.getKey() + ", renamed", read(statement, renamed(sql)));
					connection.commit();
				}
			}

			int checks = hasLeft ? ITEMS * (ROWS + ITEMS) : 0;
			assertThat(read).allSatisfy((call, rows) -> assertThat(rows)
				.isLessThanOrEqualTo(MOST_READ + (CHECKED.contains(call) ? checks : 0)));
		}
	}

	@Test
	void knowsEachFunctionThatTakesAList() {
		Set<String> all = new HashSet<>(TestDatabase.list(TestDatabase.createMigratedDatabase(),
				"""
						select distinct p.proname from pg_proc p
						cross join lateral unnest(p.proargtypes::oid[]) a (type) join pg_type t on t.oid = a.type
						where p.pronamespace = 'public'::regnamespace and (t.typcategory = 'A' or t.typname in ('json', 'jsonb'))
						  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"""));

		Set<String> known = new HashSet<>(NO_BATCH.keySet());
		known.addAll(BATCHES.keySet());
		assertThat(known).containsExactlyInAnyOrderElementsOf(all);
	}

	/** What is to be so before a call, and is not counted. */
	private static String before(String function, int from, int to) {
		return "update delivery set ready = false where delivery_id between %d and %d and '%s' = 'wake_deliveries'"
			.formatted(from, to, function);
	}

	/** The same with other names, of other runs. */
	private static String renamed(String sql) {
		return sql.replace("\"Shop ", "\"Store ")
			.replace("\"User ", "\"Person ")
			.replace("\"Origin ", "\"Source ")
			.replace("\"run_id\":\"r-", "\"run_id\":\"s-");
	}

	/** How many rows of tables a statement reads. */
	private static int read(Statement statement, String sql) throws SQLException {
		int before = read(statement);
		statement.execute(sql);
		return read(statement) - before;
	}

	/**
	 * How many were read since the statistics last had them, which is between
	 * transactions.
	 */
	private static int read(Statement statement) throws SQLException {
		try (ResultSet sum = statement
			.executeQuery("select coalesce(sum(seq_tup_read + idx_tup_fetch), 0) from pg_stat_xact_user_tables")) {
			sum.next();
			return sum.getInt(1);
		}
	}

	private static String emails(int from, int to) {
		return json(
				"""
						{"item":%1$d,"topic":"ALERT:1","topic_title":"t","cause_log":"JOBS","cause_position":%1$d,"alert_version":1,
						 "entries":1,"address":"x%1$d@example.com","address_key":"k-%1$d","domain":"example.com","content":{},
						 "message_id":"m-%1$d"}""",
				from, to);
	}

	private static String deliveries(int from, int to) {
		return array("%d", from, to) + "::bigint[]";
	}

	private static String json(String item, int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(item::formatted).collect(Collectors.joining(",", "[", "]"));
	}

	private static String array(String item, int from, int to) {
		return IntStream.rangeClosed(from, to)
			.mapToObj(item::formatted)
			.collect(Collectors.joining(",", "array[", "]"));
	}

	/** A call with the items from a number to another. */
	private interface Batch {

		String sql(int from, int to);

	}

}
