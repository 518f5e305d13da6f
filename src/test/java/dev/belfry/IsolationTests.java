package dev.belfry;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What belongs to another account is answered as what does not exist, wherever the schema
 * takes an id, a cursor or an account.
 */
@BelfryTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTests {

	private static final Set<String> COORDINATES = coordinates();

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private TestMail mail;

	@Autowired
	private Ids ids;

	@Autowired
	private Cursors cursors;

	private Resident ours;

	private Resident theirs;

	private Resident nobody;

	@BeforeAll
	void fillTwoAccountsAlike() {
		this.ours = new Resident("ours-" + UUID.randomUUID(), this.port, this.accounts, this.mail, this.ids,
				this.cursors);
		this.theirs = new Resident("theirs-" + UUID.randomUUID(), this.port, this.accounts, this.mail, this.ids,
				this.cursors);
		this.nobody = this.ours.nobody();
	}

	@Test
	void triesEverythingThatTakesAnIdOrACursorOrAnAccount() {
		assertThat(IsolationAttempts.ALL.keySet()).containsExactlyInAnyOrderElementsOf(COORDINATES);
		assertThat(COORDINATES).hasSizeGreaterThan(15);
	}

	@Test
	void namesWhatHasTheSameNumbersInBothByIdsThatDiffer() {
		for (Ids.Kind kind : EnumSet.complementOf(EnumSet.of(Ids.Kind.ACCOUNT, Ids.Kind.SETTINGS))) {
			assertThat(numbers(this.ours, kind)).as(kind.type()).isEqualTo(numbers(this.theirs, kind)).isNotEmpty();
		}
		assertThat(this.ours.names().values()).doesNotContainAnyElementsOf(this.theirs.names().values());
	}

	private Set<Long> numbers(Resident resident, Ids.Kind kind) {
		return resident.names()
			.values()
			.stream()
			.map((name) -> this.ids.decode(kind, resident.account(), name))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

	@TestFactory
	Stream<DynamicTest> answersWhatIsForeignAsWhatDoesNotExist() {
		return COORDINATES.stream()
			.map((coordinate) -> DynamicTest.dynamicTest(coordinate, () -> assertIsolated(coordinate)));
	}

	@TestFactory
	Stream<DynamicTest> answersWhatIsOnesOwnDifferently() {
		return COORDINATES.stream()
			.map((coordinate) -> DynamicTest.dynamicTest(coordinate, () -> assertTellsOwn(coordinate)));
	}

	private void assertIsolated(String coordinate) {
		for (IsolationAttempts.Attempt attempt : IsolationAttempts.ALL.get(coordinate)) {
			String before = this.theirs.state();

			Object foreign = attempt.answer(this.ours, this.theirs);

			assertThat(foreign).isEqualTo(attempt.answer(this.ours, this.nobody));
			for (String garbled : List.of("", "nothing", "AAAA", UUID.randomUUID().toString(), "\u0000", "é ±")) {
				assertThat(attempt.answer(this.ours, garbled)).as(garbled).isEqualTo(foreign);
			}
			assertThat(foreign.toString()).doesNotContain("INTERNAL_ERROR").doesNotContain(this.theirs.name());
			assertThat(this.theirs.state()).isEqualTo(before);
		}
	}

	private void assertTellsOwn(String coordinate) {
		for (IsolationAttempts.Attempt attempt : IsolationAttempts.ALL.get(coordinate)) {
			assertThat(attempt.answer(this.ours, this.ours)).isNotEqualTo(attempt.answer(this.ours, this.theirs));
		}
	}

	private static Set<String> coordinates() {
		Set<String> coordinates = new TreeSet<>();
		SchemaFiles.schema()
			.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
			.flatMap((type) -> ((GraphQLObjectType) type).getFieldDefinitions()
				.stream()
				.flatMap((field) -> field.getArguments()
					.stream()
					.flatMap((argument) -> coordinates(argument)
						.map((path) -> type.getName() + "." + field.getName() + "(" + path + ")"))))
			.forEach(coordinates::add);
		return coordinates;
	}

	private static Stream<String> coordinates(GraphQLArgument argument) {
		return paths(argument.getName(), argument.getType(), Set.of());
	}

	/** A type that stands within itself, as conditions do, is looked into once. */
	private static Stream<String> paths(String path, GraphQLInputType type, Set<String> around) {
		GraphQLUnmodifiedType named = GraphQLTypeUtil.unwrapAll(type);
		if (named instanceof GraphQLInputObjectType input) {
			Set<String> inner = new TreeSet<>(around);
			return !inner.add(input.getName()) ? Stream.empty()
					: input.getFieldDefinitions()
						.stream()
						.flatMap((field) -> paths(path + "." + field.getName(), field.getType(), inner));
		}
		boolean names = Set.of("ID", "Cursor").contains(named.getName()) || path.endsWith(".account");
		return names ? Stream.of(path) : Stream.empty();
	}

}
