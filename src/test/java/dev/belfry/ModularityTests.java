package dev.belfry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The rooms of the house: small, at most two names deep, and each uses only those below
 * it.
 */
class ModularityTests {

	private static final String HOUSE = "dev.belfry.";

	private static final int MOST_FILES = 15;

	/** From the top of the house to its ground; ARCHITECTURE.md draws them. */
	private static final List<String> ROOMS = List.of("shutdown", "live.sse", "live.socket", "live.broadcast",
			"web.http", "web.tokens", "web.connections", "embedded.training", "embedded.pages", "embedded.demo",
			"embedded.postgres", "bell.views", "bell.feeds", "notifier.why", "notifier.reader", "notifier.dryruns",
			"notifier.emails", "notifier.matching", "notifier.global", "notifier.entries", "alerts.trials",
			"alerts.views", "alerts.editing", "alerts.rules", "alerts.recipients", "alerts.overdue", "settings",
			"delivery.caps", "delivery.history", "delivery.sending", "delivery.relay", "delivery.suppression",
			"delivery.outbox", "delivery.composing", "templates", "jobs.intake", "jobs.views", "jobs.marks",
			"jobs.history", "jobs.filter", "jobs.log", "jobs.integrations", "events.log", "events.intake",
			"conditions.tree", "conditions.cel", "conditions.operators", "conditions.values", "log.hints",
			"log.retention", "log.intake", "catalog.commerce", "catalog.types", "accounts.upserts",
			"accounts.directory", "graphql.admission", "graphql.execution", "graphql.relay", "graphql.errors",
			"graphql.schema", "graphql.answers", "ids", "versions", "quotas", "buckets", "store", "work", "viewer",
			"addresses", "database.watch", "database.connections", "loops", "start", "input", "values");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.belfry");

	@Test
	void knowsEveryRoom() {
		assertThat(files().keySet()).containsExactlyInAnyOrderElementsOf(ROOMS);
	}

	@Test
	void canSeeEveryRoomAtAGlance() {
		assertThat(files()).allSatisfy((room, files) -> assertThat(files).isBetween(2L, (long) MOST_FILES))
			.allSatisfy((room, files) -> assertThat(room.split("\\.")).hasSizeLessThanOrEqualTo(2));
	}

	@Test
	void keepsRoomsOrFilesInAFolderAndNeverBoth() {
		assertThat(ROOMS).noneMatch((room) -> ROOMS.stream().anyMatch((other) -> other.startsWith(room + ".")));
	}

	@TestFactory
	Stream<DynamicTest> usesOnlyWhatIsBelow() {
		return IntStream.range(1, ROOMS.size())
			.mapToObj((floor) -> dynamicTest(ROOMS.get(floor), () -> usesNothingAbove(floor)));
	}

	@Test
	void hasNoCirclesOfNamesAtTheTop() {
		slices().matching(HOUSE + "(*)..").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void hasNoCirclesOfRooms() {
		slices().matching(HOUSE + "(**)").should().beFreeOfCycles().check(CLASSES);
	}

	private static void usesNothingAbove(int floor) {
		String[] above = ROOMS.subList(0, floor).stream().map((room) -> HOUSE + room).toArray(String[]::new);
		noClasses().that()
			.resideInAPackage(HOUSE + ROOMS.get(floor))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(above)
			.because("a room uses only those below it, so that one can be understood without those above")
			.check(CLASSES);
	}

	/** How many files each room has. */
	private static Map<String, Long> files() {
		Predicate<JavaClass> inARoom = (type) -> type.getPackageName().startsWith(HOUSE);
		return CLASSES.stream()
			.filter(inARoom)
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy((type) -> type.getPackageName().substring(HOUSE.length()), TreeMap::new,
					Collectors.counting()));
	}

}
