package dev.belfry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each recipe of CONTRIBUTING.md names files that there are and counts them right, and
 * something made by it before is in those files and in no others.
 */
class RecipeTests {

	/**
	 * What a recipe names: `JobNotification`, `TestReader.check`, `schema/jobs.graphqls`.
	 */
	private static final Pattern NAMED = Pattern
		.compile("`([\\w/]+\\.(?:graphqls|sql|js|md|properties)|[A-Z]\\w*[a-z]\\w*)[^`]*`");

	/** The end of a recipe: *4 files; with something more also `These`.* */
	private static final Pattern COUNT = Pattern.compile("\\*(\\d+) files?\\b([^*]*)\\*");

	private static final Map<String, String> RECIPES = recipes();

	/** The main sources by their names, without `.java`. */
	private static final Map<String, String> SOURCES = texts("src/main", "schema", "README.md");

	private static final Map<String, String> TESTS = texts("src/test", "client-samples/operations");

	@Test
	void namesOnlyWhatThereIs() {
		assertThat(RECIPES).hasSizeGreaterThan(10);
		assertThat(RECIPES.values().stream().flatMap((recipe) -> named(recipe).stream())).allSatisfy((name) -> {
			boolean isFile = SOURCES.containsKey(name) || TESTS.containsKey(name);
			assertThat(isFile || !mention("\\b" + name + "\\b").isEmpty()).as(name).isTrue();
		});
	}

	/**
	 * Follows a recipe backwards.
	 * @param made what something is called that was made by it, as a regular expression
	 * @param elsewhere files that do more with that very thing, or have another one of
	 * that name
	 */
	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "none",
			textBlock = """
					A field of a job notification;     \\b(runId|run_id)\\b;          IntakeController JobCompletion DemoHistory DemoRun Exercise JobExpiry JobRule examples.js common.graphqls jobIntake.graphqls README.md
					An operator of conditions;         \\bENDS_WITH\\b;               none
					A kind of recipient;               DEFAULT_EMAIL|\\bDefaultEmail\\b; SettingChange settings.graphqls V9__alerts.sql
					An event type, or a field of one.; ORDER_ROUTED|OrderEvents.ROUTED; GlobalNotifications ORDER_ROUTING_COMPLETED.properties
					A global notification.;            INVENTORY_IMPORT_COMPLETED;   none
					A setting.;                        give-up-after;                none
					A scope.;                          deliveries:write;             settings.js
					A filter.;                         \\boriginKinds\\b;             none
					An operation.;                     SYNC_ORDERS;                  DemoOperation DemoIntegration
					""")
	void leadsToAllPlacesThatHaveWhatWasMadeByIt(String title, String made, String elsewhere) {
		String recipe = RECIPES.get(title.replaceAll("\\.$", ""));
		Matcher count = COUNT.matcher(recipe);
		assertThat(count.find()).as("count of " + title).isTrue();
		Set<String> always = sources(recipe.substring(0, count.start()));
		Set<String> sometimes = sources(count.group(2));
		Set<String> others = (elsewhere != null) ? Set.of(elsewhere.split(" ")) : Set.of();

		Set<String> places = mention(made);

		assertThat(always).hasSize(Integer.parseInt(count.group(1)));
		assertThat(places).containsAll(always).containsAll(others);
		places.removeAll(always);
		places.removeAll(others);
		assertThat(sometimes).containsAll(places);
	}

	private static Set<String> sources(String text) {
		return named(text).stream().filter(SOURCES::containsKey).collect(Collectors.toCollection(TreeSet::new));
	}

	/** The main sources in whose text or name it stands. */
	private static Set<String> mention(String regex) {
		Pattern pattern = Pattern.compile(regex);
		return SOURCES.entrySet()
			.stream()
			.filter((source) -> pattern.matcher(source.getKey() + "\n" + source.getValue()).find())
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> named(String text) {
		return NAMED.matcher(text).results().map((match) -> match.group(1).replaceFirst(".*/", "")).toList();
	}

	private static Map<String, String> recipes() {
		String guide = read(Path.of("CONTRIBUTING.md"));
		return Pattern.compile("(?s)\\*\\*([^*]+?)\\.?\\*\\*(.*?)(?=\\n\\n|\\z)")
			.matcher(guide.substring(guide.indexOf("## Recipes")))
			.results()
			.collect(Collectors.toMap((recipe) -> recipe.group(1), (recipe) -> recipe.group(2)));
	}

	private static Map<String, String> texts(String... roots) {
		Map<String, String> texts = new TreeMap<>();
		for (String root : roots) {
			try (Stream<Path> files = Files.walk(Path.of(root))) {
				files.filter(Files::isRegularFile)
					.filter((file) -> !file.toString().contains("node_modules"))
					.forEach((file) -> texts.merge(file.getFileName().toString().replace(".java", ""), read(file),
							String::concat));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return texts;
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
