package dev.belfry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each table belongs to a room, and no other room's statements name it: what others may
 * know of it is a view or a function.
 */
class TableOwnersTests {

	private static final Map<String, List<String>> OWNED = Map.ofEntries(Map.entry("store", List.of("idempotency_key")),
			Map.entry("quotas", List.of("quota_use")), Map.entry("ids", List.of("installation", "id_counter")),
			Map.entry("accounts", List.of("account", "account_user")),
			Map.entry("log", List.of("account_log", "rules_change")), Map.entry("buckets", List.of("worker", "bucket")),
			Map.entry("events", List.of("platform_event", "event_key")),
			Map.entry("jobs",
					List.of("origin", "integration", "job_notification", "job_message", "job_run", "job_tally",
							"job_rhythm", "bell_mark", "job_read_exception")),
			Map.entry("delivery",
					List.of("delivery", "delivery_attempt", "mail_content", "mail_suppression", "stopped_topic",
							"mail_day", "left_address")),
			Map.entry("settings", List.of("settings_version")),
			Map.entry("alerts", List.of("alert", "alert_version", "recipient_list", "hearing", "unheard_time")),
			Map.entry("notifier", List.of("notifier", "noise_window", "notification_outcome", "alert_evaluation")));

	/** Owners by table. */
	private static final Map<String, String> OWNERS = OWNED.entrySet()
		.stream()
		.flatMap((owned) -> owned.getValue().stream().map((table) -> Map.entry(table, owned.getKey())))
		.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

	/** What spans rooms all the same, and which. */
	private static final Set<String> EXCEPTIONS = Set.of(
			// Hand out positions under the lock of the log's row, and move its end where
			// they insert: a call would be one more statement in each intake.
			"record_job_completions: jobs, log", "publish_events: events, log",
			// Move the floor under the same lock, by what went with the entries.
			"remove_expired_jobs: jobs, log", "remove_expired_events: events, log",
			// The room of the keys lies below that of retention.
			"IdempotencyExpiry: log, store");

	private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

	private static final Path SOURCES = Path.of("src/main/java/dev/belfry");

	private static final Pattern TABLE = Pattern.compile("create table (\\w+)");

	/** A function or a view, and its body. */
	private static final Pattern DEFINITION = Pattern
		.compile("create (?:or replace )?(?:view (\\w+) as(.*?);|function (\\w+)\\s*\\((.*?)\\$\\$;)", Pattern.DOTALL);

	private static final Pattern LITERAL = Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"",
			Pattern.DOTALL);

	/** Where a statement names a table, or a function the type of its rows. */
	private static final Pattern NAMED = Pattern
		.compile("\\b(?:from|join|update|into|using|truncate|null::|setof)\\s*(?:only\\s+)?\\b(%1$s)\\b"
			.concat("|,\\s*(%1$s) [a-z]{1,2}\\b|(?m:^\\s*\\w+\\s+(%1$s);)")
			.formatted(String.join("|", OWNERS.keySet())));

	@Test
	void everyTableHasAnOwner() {
		Stream<String> tables = TABLE.matcher(migrations()).results().map((table) -> table.group(1));

		assertThat(tables).containsExactlyInAnyOrderElementsOf(OWNERS.keySet());
	}

	@Test
	void noRoomNamesTablesOfAnother() {
		Stream<String> spanning = Stream.concat(definitions().entrySet().stream().map((definition) -> {
			Set<String> rooms = owners(definition.getValue());
			return (rooms.size() > 1) ? definition.getKey() + ": " + String.join(", ", rooms) : "";
		}), sources().map((source) -> {
			Set<String> rooms = owners(sql(source));
			boolean own = rooms.isEmpty() || !rooms.add(room(source)) && rooms.size() == 1;
			return own ? "" : name(source) + ": " + String.join(", ", rooms);
		}));

		assertThat(spanning.filter((each) -> !each.isEmpty())).containsExactlyInAnyOrderElementsOf(EXCEPTIONS);
	}

	/** The rooms whose tables these statements name. */
	private static Set<String> owners(String sql) {
		return NAMED.matcher(sql)
			.results()
			.flatMap((match) -> IntStream.rangeClosed(1, match.groupCount()).mapToObj(match::group))
			.filter(Objects::nonNull)
			.map(OWNERS::get)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** The functions and views, by name. */
	private static Map<String, String> definitions() {
		Map<String, String> definitions = new TreeMap<>();
		DEFINITION.matcher(migrations())
			.results()
			.forEach((found) -> definitions.put((found.group(1) != null) ? found.group(1) : found.group(3),
					(found.group(1) != null) ? found.group(2) : found.group(4)));
		return definitions;
	}

	/**
	 * The texts of a source, of which statements are made. An expiry names its table
	 * alone.
	 */
	private static String sql(Path source) {
		boolean expiry = name(source).endsWith("Expiry");
		return LITERAL.matcher(read(source))
			.results()
			.map((literal) -> (literal.group(1) != null) ? literal.group(1) : literal.group(2))
			.map((text) -> (expiry && OWNERS.containsKey(text)) ? "from " + text : text)
			.collect(Collectors.joining(" "));
	}

	private static String room(Path source) {
		return SOURCES.relativize(source).getName(0).toString();
	}

	private static String name(Path source) {
		return source.getFileName().toString().replace(".java", "");
	}

	private static Stream<Path> sources() {
		return files(SOURCES).filter((file) -> file.toString().endsWith(".java"));
	}

	private static String migrations() {
		return files(MIGRATIONS).map(TableOwnersTests::read)
			.map((sql) -> sql.replaceAll("--.*", ""))
			.collect(Collectors.joining());
	}

	private static Stream<Path> files(Path directory) {
		try (Stream<Path> all = Files.walk(directory)) {
			return all.filter(Files::isRegularFile).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
