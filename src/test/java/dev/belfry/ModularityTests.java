package dev.belfry;

import java.util.List;
import java.util.stream.IntStream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** The rooms of the house: flat, acyclic, and each uses only those below it. */
class ModularityTests {

	/** From the top of the house to its ground, as the design lists them. */
	private static final List<String> ROOMS = List.of("embedded", "transport", "bell", "notifier", "alerts", "settings",
			"delivery", "jobs", "events", "log", "catalog", "accounts", "platform");

	private static final ApplicationModules MODULES = ApplicationModules.of(BelfryApplication.class,
			resideInAPackage("dev.belfry.generated.."));

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.belfry");

	@Test
	void hasNoCyclesAndKeepsInsidesPrivate() {
		MODULES.verify();
	}

	@Test
	void knowsEveryRoom() {
		assertThat(MODULES.stream().map(ApplicationModule::getIdentifier).map(Object::toString)).isSubsetOf(ROOMS)
			.contains("transport", "bell", "notifier", "alerts", "settings", "delivery", "jobs", "events", "log",
					"catalog", "accounts", "platform");
	}

	@TestFactory
	List<DynamicTest> usesOnlyWhatIsBelow() {
		return IntStream.range(1, ROOMS.size())
			.mapToObj((floor) -> dynamicTest(ROOMS.get(floor), () -> usesNothingAbove(floor)))
			.toList();
	}

	private static void usesNothingAbove(int floor) {
		noClasses().that()
			.resideInAPackage("dev.belfry." + ROOMS.get(floor) + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(
					ROOMS.subList(0, floor).stream().map((room) -> "dev.belfry." + room + "..").toArray(String[]::new))
			.because("a package uses only those below it, so that one can be understood without those above")
			.allowEmptyShould(true)
			.check(CLASSES);
	}

}
