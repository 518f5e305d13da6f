package dev.belfry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

import dev.belfry.database.connections.DatabaseConfiguration;

/**
 * One PostgreSQL for all tests of this JVM; the application finds it by system
 * properties, which even its earliest code sees.
 */
public final class TestDatabase implements TestInstancePreConstructCallback {

	private static EmbeddedPostgres server;

	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
		start();
	}

	/** The port of the database, which is started if need be. */
	public static synchronized int start() {
		if (server == null) {
			server = startServer();
			System.setProperty("spring.r2dbc.url", url());
			System.setProperty("spring.r2dbc.username", "postgres");
			System.setProperty("spring.r2dbc.password", "postgres");
			System.setProperty("belfry.shutdown.delay", "0s");
			// Tests ask faster than people do; those of quotas set their own.
			System.setProperty("belfry.quotas.burst", "1h");
			System.setProperty("spring.security.oauth2.resourceserver.jwt.public-key-location",
					TestTokens.publicKey().toUri().toString());
		}
		return server.getPort();
	}

	/** The shared database. */
	public static String url() {
		return url("postgres");
	}

	/**
	 * A new database on the same server, for tests that look at who is connected to it.
	 */
	public static String createDatabase() {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		start();
		execute(url(), "create database " + name);
		return url(name);
	}

	/** Likewise, with Belfry's tables. */
	public static String createMigratedDatabase() {
		String url = createDatabase();
		Flyway.configure().dataSource(dataSource(url)).load().migrate();
		return url;
	}

	public static void execute(String url, String sql) {
		try (Connection connection = connect(url); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The first column of all rows that a query finds. */
	public static List<String> list(String url, String sql) {
		try (Connection connection = connect(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> all = new ArrayList<>();
			while (rows.next()) {
				all.add(rows.getString(1));
			}
			return all;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A connection of its own to the database of a URL, for what an application would not
	 * do.
	 */
	public static Connection connect(String url) throws SQLException {
		return dataSource(url).getConnection();
	}

	/** The same, for as many connections as somebody wants. */
	public static DataSource dataSource(String url) {
		return server.getDatabase("postgres", url.substring(url.lastIndexOf('/') + 1));
	}

	/** A connection whose session is as those of a node are. */
	public static Connection connectAsNode(String url) throws SQLException {
		Connection connection = connect(url);
		try (Statement statement = connection.createStatement()) {
			for (Map.Entry<String, String> setting : DatabaseConfiguration.SESSION.entrySet()) {
				statement.execute("set " + setting.getKey() + " = '" + setting.getValue() + "'");
			}
		}
		return connection;
	}

	private static String url(String database) {
		return "r2dbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
	}

	private static EmbeddedPostgres startServer() {
		try {
			return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
