package dev.belfry.delivery.sending;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.TestDatabase;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** The first long backlog of an installation, which has plans for an empty table. */
class NewOutboxTests {

	private static final int BACKLOG = 1_000;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void readsOnlyTheEmailsThatAreClaimedAndRecorded() throws SQLException {
		try (TestOutbox test = new TestOutbox(10_000)) {
			AccountId account = test.account();
			Sender sender = test.sender(new ScriptedMailer(), 8);
			test.queue(account, "first@new.example");
			assertThat(test.drain(sender)).isEqualTo(1);
			test.backlog(account, "new.example", BACKLOG);
			int sent = 0;
			while (sent < 100) {
				for (ClaimedEmail mail : sender.take()) {
					TestOutbox.send(sender, mail);
					sent++;
				}
			}

			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(read(test, "idx_scan")).isGreaterThan(100));
			assertThat(read(test, "idx_tup_read") / read(test, "idx_scan")).isLessThan(20);
		}
	}

	/** What PostgreSQL has counted so far; it does so with some delay. */
	private static double read(TestOutbox test, String column) throws SQLException {
		try (Connection connection = TestDatabase.connect(test.database());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"select " + column + " from pg_stat_user_indexes where indexrelname = 'delivery_pkey'")) {
			row.next();
			return row.getDouble(1);
		}
	}

}
