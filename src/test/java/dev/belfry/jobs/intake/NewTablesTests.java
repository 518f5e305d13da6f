package dev.belfry.jobs.intake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.belfry.log.intake.IntakeStatement;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class NewTablesTests {

	@Test
	void readsNoTableFromEndToEndThatWasEmptyWhenItWasAnalyzed() throws SQLException {
		String url = TestDatabase.createMigratedDatabase();
		TestDatabase.execute(url, "analyze");
		try (Connection connection = TestDatabase.connectAsNode(url);
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("select know_installation()");
			statement.execute("insert into account (external_id, name) values ('new', 'New')");
			statement.execute("insert into account_log (account_id) select account_id from account");
			Random random = new Random(7);
			for (int i = 0; i < 20; i++) {
				record(statement, Completions.likeTheSamples(5, random));
			}

			ResultSet read = statement.executeQuery("""
					select string_agg(relname || ' ' || seq_tup_read, ', ') from pg_stat_xact_user_tables
					where seq_tup_read > 0 and relname not in ('account', 'account_log', 'installation')""");
			read.next();
			assertThat(read.getString(1)).isNull();
		}
	}

	private static void record(Statement statement, List<Map<String, Object>> completions) throws SQLException {
		String json = IntakeStatement
			.json(completions.stream()
				.map(IntakeBatches::completion)
				.map(PreparedCompletion::of)
				.collect(Collectors.toList()), PreparedCompletion::json)
			.toString();
		statement.executeQuery("select * from record_job_completions((select account_id from account), '"
				+ json.replace("'", "''") + "'::json, null)");
	}

}
