package dev.belfry.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of a database, which a test moves while nodes run: functions that are found
 * before PostgreSQL's own stand in for them. It stands still, or is ahead of the true
 * time by some duration.
 */
public final class DatabaseTime extends Clock implements AutoCloseable {

	private static final String FAKE = """
			create schema fake;
			create table fake.clock (still timestamptz, ahead interval not null);
			insert into fake.clock values (null, '0');
			create function fake.clock_timestamp() returns timestamptz language sql volatile as
			  'select coalesce(c.still, pg_catalog.clock_timestamp() + c.ahead) from fake.clock c';
			create function fake.now() returns timestamptz language sql volatile as 'select fake.clock_timestamp()'""";

	private final Connection connection;

	private volatile Instant still;

	private volatile Duration ahead = Duration.ZERO;

	private DatabaseTime(String url) throws SQLException {
		this.connection = TestDatabase.connect(url);
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(FAKE);
			statement.execute("alter database " + url.substring(url.lastIndexOf('/') + 1)
					+ " set search_path = public, fake, pg_catalog");
		}
	}

	/** Of a new database, before any node knows it. It is true until it is moved. */
	public static DatabaseTime of(String url) {
		try {
			return new DatabaseTime(url);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public DatabaseTime standingStillAt(Instant now) {
		this.still = now;
		tell();
		return this;
	}

	/** Forward, or back. */
	public void move(Duration duration) {
		if (this.still != null) {
			this.still = this.still.plus(duration);
		}
		else {
			this.ahead = this.ahead.plus(duration);
		}
		tell();
	}

	@Override
	public Instant instant() {
		return (this.still != null) ? this.still : Instant.now().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
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

	private synchronized void tell() {
		try (PreparedStatement update = this.connection
			.prepareStatement("update fake.clock set still = ?, ahead = make_interval(secs => ?)")) {
			update.setObject(1, (this.still != null) ? OffsetDateTime.ofInstant(this.still, ZoneOffset.UTC) : null);
			update.setDouble(2, this.ahead.toMillis() / 1e3);
			update.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
