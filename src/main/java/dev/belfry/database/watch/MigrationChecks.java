package dev.belfry.database.watch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

import dev.belfry.start.StartRefused;

/**
 * Looks whether the database is one for this Belfry before it is migrated, and lets one
 * node at a time look and migrate. What a newer Belfry has done is not undone: an older
 * one that may start beside it migrates nothing.
 */
@Component
class MigrationChecks implements FlywayMigrationStrategy {

	private static final int OLDEST_POSTGRESQL = 16;

	private static final int NUMBERS_A_VERSION = 10_000;

	private static final long PAUSE_IN_MILLIS = 200;

	/** Held by the connection. */
	private static final String LOCK = "(hashtext('belfry'), hashtext('migrations'))";

	private final boolean allowNewerSchema;

	MigrationChecks(@Value("${belfry.allow-newer-schema:false}") boolean allowNewerSchema) {
		this.allowNewerSchema = allowNewerSchema;
	}

	@Override
	public void migrate(Flyway flyway) {
		try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
			checkVersion(connection);
			awaitTurn(connection);
			try {
				migrateAlone(flyway);
			}
			finally {
				ask(connection, "select pg_advisory_unlock" + LOCK);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void checkVersion(Connection connection) throws SQLException {
		int version = Integer.parseInt(ask(connection, "select current_setting('server_version_num')"))
				/ NUMBERS_A_VERSION;
		if (version < OLDEST_POSTGRESQL) {
			throw new StartRefused("The database is PostgreSQL " + version + ".",
					"Give Belfry PostgreSQL " + OLDEST_POSTGRESQL + " or later.");
		}
	}

	/**
	 * Asks again and again instead of waiting in the database: an index that is made
	 * concurrently waits for all who wait there.
	 */
	private static void awaitTurn(Connection connection) throws SQLException {
		while (!ask(connection, "select pg_try_advisory_lock" + LOCK).equals("t")) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_IN_MILLIS));
		}
	}

	private static String ask(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private void migrateAlone(Flyway flyway) {
		List<MigrationInfo> migrations = List.of(flyway.info().all());
		Optional<MigrationInfo> newer = migrations.stream()
			.filter((migration) -> migration.isVersioned() && migration.getState() == MigrationState.FUTURE_SUCCESS)
			.reduce((first, last) -> last);
		if (newer.isEmpty()) {
			checkFunctions(migrations);
			flyway.migrate();
		}
		else if (!this.allowNewerSchema) {
			throw new StartRefused(
					"The database was migrated by a newer Belfry, to version " + newer.get().getVersion() + ".",
					"Start that version or a later one, or set belfry.allow-newer-schema=true if its notes say that this one can run beside it.");
		}
	}

	/**
	 * Functions change together with a version. So those that are not of this Belfry, and
	 * came after its newest version, are of another one that has the same version.
	 */
	private static void checkFunctions(List<MigrationInfo> migrations) {
		List<MigrationInfo> versioned = migrations.stream().filter(MigrationInfo::isVersioned).toList();
		if (versioned.stream().anyMatch((migration) -> migration.getState() == MigrationState.PENDING)) {
			return;
		}
		int newest = versioned.stream()
			.map(MigrationInfo::getInstalledRank)
			.flatMap(Stream::ofNullable)
			.max(Comparator.naturalOrder())
			.orElse(0);
		migrations.stream()
			.filter((migration) -> migration.getState() == MigrationState.OUTDATED)
			.filter((migration) -> migration.getInstalledRank() > newest)
			.findFirst()
			.ifPresent((migration) -> {
				throw new StartRefused("The database was migrated by another Belfry than this one: "
						+ migration.getScript() + " differs.", "Start the version that migrated it, or a later one.");
			});
	}

}
