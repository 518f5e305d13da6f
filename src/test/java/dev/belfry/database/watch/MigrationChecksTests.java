package dev.belfry.database.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.belfry.start.StartRefused;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Belfry of different versions starts on one database. The versions differ by the text of
 * a function, and the newer one by one more migration.
 */
class MigrationChecksTests {

	private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

	private static final String FUNCTION = "R__10_delivery.sql";

	private static final String NEXT_VERSION = "V9999__next.sql";

	@TempDir
	private Path directory;

	private String url;

	private Path older;

	private Path newer;

	@BeforeEach
	void makeVersions() {
		this.url = TestDatabase.createDatabase();
		this.older = version("older", (text) -> text);
		this.newer = version("newer", (text) -> text.replace("is suppressed for", "is passed over for"));
		write(this.newer.resolve(NEXT_VERSION), "create table next (id int)");
	}

	@Test
	void aNewerVersionBringsItsFunctions() {
		start(this.older);

		start(this.newer);

		assertThat(refusal()).contains("is passed over for");
	}

	@Test
	void anOlderVersionRefusesToStart() {
		start(this.newer);

		assertThatThrownBy(() -> start(this.older)).isInstanceOf(StartRefused.class)
			.hasMessageContaining("migrated by a newer Belfry, to version 9999");

		assertThat(refusal()).contains("is passed over for");
	}

	@Test
	void anOlderVersionThatMayStartPutsNoFunctionBack() {
		start(this.older);
		start(this.newer);

		new MigrationChecks(true).migrate(flyway(this.older));

		assertThat(refusal()).contains("is passed over for");
	}

	@Test
	void refusesFunctionsThatDifferWithoutAVersion() {
		delete(this.newer.resolve(NEXT_VERSION));
		start(this.newer);

		assertThatThrownBy(() -> start(this.older)).isInstanceOf(StartRefused.class)
			.hasMessageContaining("migrated by another Belfry than this one: " + FUNCTION + " differs");

		assertThat(refusal()).contains("is passed over for");
	}

	@Test
	void bringsTheFunctionsOfAVersionWhoseStartEndedBeforeThem() {
		start(this.older);
		TestDatabase.execute(this.url, "create table next (id int)");
		TestDatabase.execute(this.url, """
				insert into flyway_schema_history
				select max(installed_rank) + 1, '9999', 'next', 'SQL', '%s', %d, 'x', now(), 1, true
				from flyway_schema_history""".formatted(NEXT_VERSION, checksum(this.newer, NEXT_VERSION)));

		start(this.newer);

		assertThat(refusal()).contains("is passed over for");
	}

	@Test
	void startsAgainAndDoesNothing() {
		start(this.newer);
		List<String> before = history();

		start(this.newer);

		assertThat(history()).isEqualTo(before);
	}

	@Test
	void letsNodesThatStartAtOnceMigrateOneAfterTheOther() throws Exception {
		CompletableFuture<?>[] starts = IntStream.range(0, 4)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> start((i % 2 == 0) ? this.newer : this.older)))
			.toArray(CompletableFuture[]::new);

		CompletableFuture.allOf(starts).handle((done, problem) -> true).get(60, TimeUnit.SECONDS);

		assertThat(refusal()).contains("is passed over for");
		assertThat(TestDatabase.list(this.url, "select success from flyway_schema_history")).containsOnly("t");
	}

	private void start(Path migrations) {
		new MigrationChecks(false).migrate(flyway(migrations));
	}

	private Flyway flyway(Path migrations) {
		return Flyway.configure()
			.dataSource(TestDatabase.dataSource(this.url))
			.locations("filesystem:" + migrations)
			.load();
	}

	private int checksum(Path migrations, String script) {
		return Stream.of(flyway(migrations).info().all())
			.filter((migration) -> migration.getScript().equals(script))
			.findFirst()
			.orElseThrow()
			.getChecksum();
	}

	private String refusal() {
		return TestDatabase.list(this.url, "select mail_refusal_text('SUPPRESSED')").get(0);
	}

	private List<String> history() {
		return TestDatabase.list(this.url, "select h::text from flyway_schema_history h order by 1");
	}

	private Path version(String name, UnaryOperator<String> change) {
		try (Stream<Path> files = Files.list(MIGRATIONS)) {
			Path version = Files.createDirectory(this.directory.resolve(name));
			for (Path file : (Iterable<Path>) files::iterator) {
				String text = Files.readString(file);
				write(version.resolve(file.getFileName()),
						file.getFileName().toString().equals(FUNCTION) ? change.apply(text) : text);
			}
			return version;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path file) {
		try {
			Files.delete(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
