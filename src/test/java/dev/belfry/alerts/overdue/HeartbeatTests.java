package dev.belfry.alerts.overdue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** When nobody could hear, as the nodes note it: with a grace of 10 minutes. */
@BelfryTest
class HeartbeatTests {

	private Connection connection;

	/** In a transaction that leaves nothing behind. */
	@BeforeEach
	void begin() throws SQLException {
		this.connection = TestDatabase.connect(TestDatabase.url());
		this.connection.setAutoCommit(false);
		execute("delete from unheard_time; update hearing set heard_at = '2026-11-01 12:00Z'");
	}

	@AfterEach
	void rollback() throws SQLException {
		this.connection.rollback();
		this.connection.close();
	}

	@Test
	void notesNothingWhileSomeNodeRuns() throws SQLException {
		hear("12:00:30", "12:01:00", "12:02:00");

		assertThat(unheard()).isEmpty();
	}

	@Test
	void notesForHowLongNobodyCouldHearAndAGrace() throws SQLException {
		hear("12:00:30", "12:20:30", "12:21:00");

		assertThat(unheard()).containsExactly("12:00:30 to 12:30:30");
	}

	@Test
	void lengthensWhatBeginsWithinAGrace() throws SQLException {
		hear("12:20:00", "12:20:30", "12:25:30", "12:26:00");

		assertThat(unheard()).containsExactly("12:00:00 to 12:35:30");
	}

	@Test
	void standsAClockThatGoesBack() throws SQLException {
		hear("12:20:00", "11:20:00", "11:20:30", "11:40:00");

		assertThat(unheard()).containsExactly("11:20:30 to 11:50:00", "12:00:00 to 12:30:00");
	}

	private void hear(String... times) throws SQLException {
		for (String time : times) {
			execute("select hear('1 minute', '10 minutes', '2026-11-01 " + time + "Z')");
		}
	}

	private List<String> unheard() throws SQLException {
		List<String> unheard = new ArrayList<>();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select to_char(since at time zone 'UTC', 'HH24:MI:SS') || ' to '"
							+ " || to_char(until at time zone 'UTC', 'HH24:MI:SS') from unheard_time order by since")) {
			while (rows.next()) {
				unheard.add(rows.getString(1));
			}
		}
		return unheard;
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
