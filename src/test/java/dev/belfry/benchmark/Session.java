package dev.belfry.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** Runs plain SQL. */
public final class Session implements AutoCloseable {

	private final Connection connection;

	private Session(Connection connection) {
		this.connection = connection;
	}

	public static Session on(DataSource database) {
		try {
			return new Session(database.getConnection());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public Connection connection() {
		return this.connection;
	}

	public void run(String... statements) {
		for (String sql : statements) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute(sql);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(sql, ex);
			}
		}
	}

	/** The first column of all rows. */
	public List<String> texts(String sql) {
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			List<String> texts = new ArrayList<>();
			while (rows.next()) {
				texts.add(rows.getString(1));
			}
			return texts;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	public boolean any(String sql) {
		return !texts(sql).isEmpty();
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
