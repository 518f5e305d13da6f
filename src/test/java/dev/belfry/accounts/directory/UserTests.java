package dev.belfry.accounts.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** The users of an account, as the one who makes an alert finds them. */
@BelfryTest
class UserTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String account = "users-" + UUID.randomUUID();

	private BelfryClient platform;

	private BelfryClient owner;

	@BeforeEach
	void createAccount() {
		this.accounts.create(this.account);
		this.platform = new BelfryClient(this.port, TestTokens.platform());
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.account));
	}

	@Test
	void listsUsersByNameAsPeopleSortThem() {
		register("Zoe", "bob", "\u00c5sa", "anna", "Ann", "Bob Z");

		assertThat(names(Map.of())).containsExactly("Ann", "anna", "\u00c5sa", "bob", "Bob Z", "owner", "Zoe");
	}

	@Test
	void showsWhatIsKnownOfAUser() {
		this.platform.run("upsertUsers",
				Map.of("input", Map.of("account", this.account, "users", List.of(Map.of("externalId", "u-1", "name",
						"Ann", "email", "ann@shop.example", "role", "OWNER", "timeZone", "Europe/Berlin")))));

		assertThat(page(Map.of("first", 1)).get(0).node()).satisfies((user) -> assertThat(user)
			.isEqualTo(new Shown(user.id(), "u-1", "Ann", "ann@shop.example", "OWNER", "Europe/Berlin", "en-US")));
	}

	@Test
	void goesOnWhereAPageEnds() {
		register("Ann", "Bob", "Bob", "Bob", "Cem");

		ClientGraphQlResponse first = users(Map.of("first", 3));
		ClientGraphQlResponse last = users(Map.of("first", 3, "after", end(first)));

		assertThat(Stream.of(first, last).map(UserTests::edges).flatMap(List::stream).map((edge) -> edge.node().name()))
			.containsExactly("Ann", "Bob", "Bob", "Bob", "Cem", "owner");
		assertThat(Stream.of(first, last).map(UserTests::edges).flatMap(List::stream).map((edge) -> edge.node().id()))
			.doesNotHaveDuplicates();
		assertThat(List.of(has("Next", first), has("Previous", first))).containsExactly(true, false);
		assertThat(List.of(has("Next", last), has("Previous", last))).containsExactly(false, true);
	}

	@Test
	void goesOnAfterTheNameThatACursorShowed() {
		register("Ann", "Bob", "Cem");
		String afterAnn = end(users(Map.of("first", 1)));

		this.platform.run("upsertUsers", Map.of("input",
				Map.of("account", this.account, "users", List.of(Map.of("externalId", "user-0", "name", "Bogdan")))));

		assertThat(names(Map.of("after", afterAnn))).containsExactly("Bob", "Bogdan", "Cem", "owner");
	}

	@Test
	void goesOnAfterTheLongestNames() {
		register("\ud840\udc00".repeat(255), "\ufdfa".repeat(255), "Ann");
		List<String> names = names(Map.of());

		List<String> oneByOne = new ArrayList<>();
		ClientGraphQlResponse page = users(Map.of("first", 1));
		for (int i = 0; i < names.size(); i++) {
			oneByOne.add(edges(page).get(0).node().name());
			page = users(Map.of("first", 1, "after", end(page)));
		}

		assertThat(oneByOne).isEqualTo(names);
		assertThat(edges(page)).isEmpty();
	}

	@Test
	void findsUsersByPartsOfTheirNames() {
		register("Ann Stra\u00dfer", "Hannah Lee", "Bob 100%", "\uff21\uff4e\uff4e\uff41");

		assertThat(names(Map.of("search", "ANN"))).containsExactlyInAnyOrder("Ann Stra\u00dfer", "Hannah Lee",
				"\uff21\uff4e\uff4e\uff41");
		assertThat(names(Map.of("search", "lee hann"))).containsExactly("Hannah Lee");
		assertThat(names(Map.of("search", "stra\u00dfe"))).containsExactly("Ann Stra\u00dfer");
		assertThat(names(Map.of("search", "STRASSE"))).containsExactly("Ann Stra\u00dfer");
		assertThat(names(Map.of("search", "%"))).containsExactly("Bob 100%");
		assertThat(names(Map.of("search", "\u0000"))).isEmpty();
		assertThat(names(Map.of("search", " "))).hasSize(5);
	}

	@Test
	void listsTheLongestNames() {
		String longest = new Random(1).ints(255, 0x20000, 0x2a6df)
			.mapToObj(Character::toString)
			.collect(Collectors.joining());

		register(longest, "\ufdfa".repeat(255));

		assertThat(names(Map.of())).contains(longest, "\ufdfa".repeat(255));
	}

	@Test
	void letsAnAlertTellAUserOfTheList() {
		register("Ann");
		String ann = page(Map.of("search", "ann")).get(0).node().id();

		ClientGraphQlResponse made = this.owner.run("createAlert", Map.of("input",
				Map.of("name", "Orders", "eventType", "ORDER_IMPORTED", "recipients", List.of(Map.of("userId", ann)))));

		assertThat(made.field("createAlert.alert.recipients[0].user.name").toEntity(String.class)).isEqualTo("Ann");
	}

	@Test
	void refusesASearchThatIsTooLong() {
		ClientGraphQlResponse refused = users(Map.of("search", "s".repeat(201)));

		assertThat(refused.getErrors().get(0).getExtensions()).containsEntry("code", "BAD_USER_INPUT")
			.containsEntry("field", List.of("search"));
	}

	private void register(String... names) {
		List<Map<String, Object>> users = IntStream.range(0, names.length)
			.mapToObj((i) -> Map.<String, Object>of("externalId", "user-" + i, "name", names[i]))
			.toList();
		ClientGraphQlResponse answer = this.platform.run("upsertUsers",
				Map.of("input", Map.of("account", this.account, "users", users)));
		assertThat(answer.getData().toString()).doesNotContain("REJECTED");
	}

	private ClientGraphQlResponse users(Map<String, Object> variables) {
		return this.owner.run("users", variables);
	}

	private List<Edge> page(Map<String, Object> variables) {
		return edges(users(variables));
	}

	private List<String> names(Map<String, Object> variables) {
		return page(variables).stream().map((edge) -> edge.node().name()).toList();
	}

	private static List<Edge> edges(ClientGraphQlResponse answer) {
		return answer.field("users.edges").toEntityList(Edge.class);
	}

	private static boolean has(String which, ClientGraphQlResponse answer) {
		return answer.field("users.pageInfo.has" + which + "Page").toEntity(Boolean.class);
	}

	private static String end(ClientGraphQlResponse answer) {
		return answer.field("users.pageInfo.endCursor").toEntity(String.class);
	}

	record Edge(String cursor, Shown node) {
	}

	record Shown(String id, String externalId, String name, String email, String role, String timeZone, String locale) {
	}

}
