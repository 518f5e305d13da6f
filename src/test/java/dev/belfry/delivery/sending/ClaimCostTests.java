package dev.belfry.delivery.sending;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it reads to find eight e-mails whose turn it is while 100,000 are open, counted in
 * pages of 8 KiB; prints them with the time that it took.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClaimCostTests {

	private static final int OPEN = 100_000;

	private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

	private static final Pattern ROWS = Pattern.compile("actual time=\\S+ rows=(\\d+)");

	private static final Pattern MILLISECONDS = Pattern.compile("Execution Time: (\\S+) ms");

	private TestOutbox test;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(10_000);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void clear() {
		this.test.clear();
	}

	@ParameterizedTest
	@CsvSource({
			// Domains, accounts, how many of a hundred are ready, whether the first is
			// full.
			"1, 1, 100, false, 9", "1, 1, 100, true, 1", "1, 1000, 100, true, 1", "1000, 100, 100, false, 9",
			"50000, 1, 100, false, 9", "1000, 100, 0, false, 1", "1000, 100, 1, true, 9" })
	void readsFewPagesHoweverManyWait(int domains, int accounts, int ready, boolean full, int rows)
			throws SQLException {
		fill(domains, accounts, ready);

		String plan = turns(full);

		System.out.printf("%d domains, %d accounts, %d%% ready%s: %d pages, %s ms%n", domains, accounts, ready,
				full ? ", the first domain at its limit" : "", number(PAGES, plan), find(MILLISECONDS, plan).group(1));
		assertThat(number(ROWS, plan)).as(plan).isEqualTo(rows);
		assertThat(number(PAGES, plan)).as(plan).isLessThan(1_000);
	}

	private void fill(int domains, int accounts, int ready) {
		this.test.execute(
				"""
						insert into delivery (account_id, delivery_id, topic, topic_title, cause_log, cause_position, entries, address, address_key,
						                      domain, content, message_id, state, ready, due_at, tried_from, created_at, changed_at)
						select 1000000 + i %% %d, i, 'T', 'T', 'JOBS', i, 1, 'a@d', 'k' || i, 'd' || i %% %d || '.example',
						       '{"subject": "Hello", "paragraphs": []}', '<' || i || '>', 'PENDING', i %% 100 < %d,
						       now() + make_interval(secs => case when i %% 100 < %d then -1 else 3600 end), now(), now(), now()
						from generate_series(1, %d) i"""
					.formatted(accounts, domains, ready, ready, OPEN));
		this.test.execute("vacuum analyze delivery");
	}

	private String turns(boolean full) throws SQLException {
		String sql = "explain (analyze, buffers) select * from delivery_turns(array_fill(true, array[256]), 8, '', 0, "
				+ (full ? "array['d0.example'], array[0]" : "'{}', '{}'") + ", 8)";
		try (Connection connection = TestDatabase.connect(this.test.database());
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			String plan = "";
			// The first call of a session plans the statements of the function.
			for (int i = 0; i < 2; i++) {
				plan = plan(statement.executeQuery(sql));
				connection.rollback();
			}
			return plan;
		}
	}

	private static String plan(ResultSet rows) throws SQLException {
		StringBuilder plan = new StringBuilder();
		while (rows.next()) {
			plan.append(rows.getString(1)).append('\n');
		}
		return plan.toString();
	}

	private static Matcher find(Pattern pattern, String plan) {
		Matcher matcher = pattern.matcher(plan);
		assertThat(matcher.find()).as(plan).isTrue();
		return matcher;
	}

	private static int number(Pattern pattern, String plan) {
		Matcher matcher = find(pattern, plan);
		int number = (int) Double.parseDouble(matcher.group(1));
		return (matcher.groupCount() > 1 && matcher.group(2) != null) ? number + Integer.parseInt(matcher.group(2))
				: number;
	}

}
