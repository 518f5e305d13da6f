package dev.belfry.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import dev.belfry.testing.Programs;
import dev.belfry.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** A start that fails says in one line what is wrong and what to do, and ends with 1. */
@ExtendWith(TestDatabase.class)
class StartFailureTests {

	/** What PostgreSQL says of itself is looked for in this schema first. */
	private static final String OLD = """
			create schema old;
			create function old.current_setting(text) returns text language sql as $$select '150004'$$;
			do $$ begin
			  execute format('alter database %I set search_path = public, old, pg_catalog', current_database());
			end $$""";

	@Test
	void saysWhatIsWrongInALine(@TempDir Path directory) throws Exception {
		Path yaml = Files.writeString(directory.resolve("bad.yml"), "belfry:\n\tlive: [\n");
		Path secrets = Files.createDirectory(directory.resolve("secrets"));
		Files.writeString(secrets.resolve("spring.r2dbc.url"), "r2dbc:postgresql://127.0.0.1:1/none");
		List<Start> starts = List.of(
				start("The database cannot be used: ", url("127.0.0.1:1/none"), "spring.flyway.connect-retries=0"),
				start("The database is PostgreSQL 15. Give Belfry PostgreSQL 16 or later.", database(OLD)),
				start("The setting belfry.live.poll-interval is 'soon'. Give it a duration", database("select 1"),
						"belfry.live.poll-interval=soon"),
				start("The setting belfry.notifier.window is '-5m'. Give it a duration", database("select 1"),
						"belfry.notifier.window=-5m"),
				start("Belfry has no setting belfry.live.pol-interval. Did you mean belfry.live.poll-interval?",
						database("select 1"), "belfry.live.pol-interval=2s"),
				start("The database cannot be used: ", "spring.config.import=configtree:" + secrets + "/",
						"spring.flyway.connect-retries=0"),
				start("A settings file is not valid YAML: ", database("select 1"),
						"spring.config.additional-location=" + yaml.toUri()),
				start("The database was migrated by a newer Belfry, to version 9999. Start that version",
						database(history(9999, 0))),
				start("The database was migrated by another Belfry than this one: ", database(history(1, 42))));

		assertThat(starts).allSatisfy((start) -> {
			assertThat(start.process.waitFor(90, TimeUnit.SECONDS)).isTrue();
			assertThat(start.output()).singleElement().asString().contains("Belfry does not start. " + start.expected);
			assertThat(start.process.exitValue()).isEqualTo(1);
		});
	}

	/** A migration that another version has run. */
	private static String history(int version, int checksum) {
		return """
				create table flyway_schema_history (installed_rank int primary key, version varchar(50),
				  description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null, checksum int,
				  installed_by varchar(100) not null, installed_on timestamp not null default now(), execution_time int not null,
				  success boolean not null);
				insert into flyway_schema_history
				values (1, '%1$s', 'x', 'SQL', 'V%1$s__x.sql', %2$s, 'x', now(), 1, true)"""
			.formatted(version, checksum);
	}

	private static String database(String sql) {
		String url = TestDatabase.createDatabase();
		TestDatabase.execute(url, sql);
		return "spring.r2dbc.url=" + url;
	}

	private static String url(String address) {
		return "spring.r2dbc.url=r2dbc:postgresql://" + address;
	}

	private static Start start(String expected, String... settings) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--spring.r2dbc.username=postgres", "--spring.r2dbc.password=postgres",
						"--spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.example"));
		Stream.of(settings).map((setting) -> "--" + setting).forEach(arguments::add);
		Process process = new ProcessBuilder(
				Programs.java(Programs.startsQuickly("256m"), "dev.belfry.BelfryApplication", arguments))
			.redirectErrorStream(true)
			.start();
		return new Start(expected, process);
	}

	private record Start(String expected, Process process) {

		List<String> output() throws IOException {
			return new String(this.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}

	}

}
