package dev.belfry.database.watch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

import dev.belfry.start.StartRefused;

/** Looks whether the database is one for this Belfry before it is migrated. */
@Component
class MigrationChecks implements FlywayMigrationStrategy {

	private static final int OLDEST_POSTGRESQL = 16;

	private static final int NUMBERS_A_VERSION = 10_000;

	private final boolean allowNewerSchema;

	MigrationChecks(@Value("${belfry.allow-newer-schema:false}") boolean allowNewerSchema) {
		this.allowNewerSchema = allowNewerSchema;
	}

	@Override
	public void migrate(Flyway flyway) {
		try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
			checkVersion(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		if (!this.allowNewerSchema) {
			checkSchema(flyway);
		}
		flyway.migrate();
	}

	private static void checkVersion(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select current_setting('server_version_num')::int")) {
			row.next();
			int version = row.getInt(1) / NUMBERS_A_VERSION;
			if (version < OLDEST_POSTGRESQL) {
				throw new StartRefused("The database is PostgreSQL " + version + ".",
						"Give Belfry PostgreSQL " + OLDEST_POSTGRESQL + " or later.");
			}
		}
	}

	private static void checkSchema(Flyway flyway) {
		Optional<MigrationInfo> newer = Arrays.stream(flyway.info().all())
			.filter((migration) -> migration.getState() == MigrationState.FUTURE_SUCCESS)
			.reduce((first, last) -> last);
		newer.ifPresent((migration) -> {
			throw new StartRefused(
					"The database was migrated by a newer Belfry, to version " + migration.getVersion() + ".",
					"Start that version or a later one, or set belfry.allow-newer-schema=true if its notes say that this one can run beside it.");
		});
	}

}
