package dev.belfry.bell.feeds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** The live suite by the poll alone: a lost hint costs time, never data. */
class LiveWithoutHintsTests extends LiveSuite {

	LiveWithoutHintsTests() {
		super(false);
	}

	@Test
	void opensNoConnectionThatListens() throws SQLException {
		try (Connection connection = TestDatabase.connect(database());
				Statement statement = connection.createStatement();
				ResultSet listening = statement.executeQuery("select count(*) from pg_stat_activity "
						+ "where datname = current_database() and pid <> pg_backend_pid() and query ilike '%listen%'")) {
			listening.next();
			assertThat(listening.getInt(1)).isZero();
		}
	}

}
