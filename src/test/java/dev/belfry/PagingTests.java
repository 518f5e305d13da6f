package dev.belfry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.PagedLists.Disturbance;
import dev.belfry.PagedLists.PagedList;
import dev.belfry.store.AccountDatabase;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page goes on after what its cursor showed, whatever has become of that since: in
 * every list of the schema that is shown by pages.
 */
@BelfryTest
class PagingTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private TestMail mail;

	@Test
	void knowsEveryListOfTheSchemaThatIsShownByPages() {
		Set<String> pagedLists = new TreeSet<>();
		fieldsOfConnections().forEach(pagedLists::add);

		assertThat(PagedLists.ALL.keySet()).isEqualTo(pagedLists);
	}

	@ParameterizedTest
	@MethodSource("lists")
	void goesOnAfterWhatItsCursorShowed(String coordinate) {
		PagedList list = PagedLists.ALL.get(coordinate);
		Shop shop = shop(list);
		for (Disturbance disturbance : list.disturbances()) {
			List<String> before = shop.keys(list, "first: 100");
			Shop.Page shown = shop.page(list, "first: 2");

			String inserted = disturbance.effect().on(shop, shown.keys().get(1));

			List<String> rest = new ArrayList<>(before.subList(2, before.size()));
			disturbance.place().forward(inserted, rest);
			assertThat(shop.keys(list, "first: 100, after: \"" + shown.end() + "\"")).as(disturbance.name())
				.isEqualTo(rest);
		}
	}

	@ParameterizedTest
	@MethodSource("listsReadFromBothEnds")
	void goesOnBeforeWhatItsCursorShowed(String coordinate) {
		PagedList list = PagedLists.ALL.get(coordinate);
		Shop shop = shop(list);
		for (Disturbance disturbance : list.disturbances()) {
			List<String> before = shop.keys(list, "first: 100");
			Shop.Page shown = shop.page(list, "last: 2");

			String inserted = disturbance.effect().on(shop, shown.keys().get(0));

			List<String> rest = new ArrayList<>(before.subList(0, before.size() - 2));
			disturbance.place().backward(inserted, rest);
			assertThat(shop.keys(list, "last: 100, before: \"" + shown.start() + "\"")).as(disturbance.name())
				.isEqualTo(rest);
		}
	}

	private Shop shop(PagedList list) {
		String name = "paging-" + UUID.randomUUID();
		Shop shop = Shop.open(name, this.port, this.accounts.create(name), this.database, this.mail);
		list.fill().accept(shop);
		return shop;
	}

	private static Set<String> lists() {
		return PagedLists.ALL.keySet();
	}

	private static Stream<String> listsReadFromBothEnds() {
		return SchemaFiles.schema()
			.getAllTypesAsList()
			.stream()
			.filter(GraphQLObjectType.class::isInstance)
			.map(GraphQLObjectType.class::cast)
			.flatMap((type) -> type.getFieldDefinitions()
				.stream()
				.filter(PagingTests::isShownByPages)
				.filter((field) -> field.getArgument("before") != null)
				.map((field) -> type.getName() + "." + field.getName()));
	}

	private static Stream<String> fieldsOfConnections() {
		return SchemaFiles.schema()
			.getAllTypesAsList()
			.stream()
			.filter(GraphQLObjectType.class::isInstance)
			.map(GraphQLObjectType.class::cast)
			.flatMap((type) -> type.getFieldDefinitions()
				.stream()
				.filter(PagingTests::isShownByPages)
				.map((field) -> type.getName() + "." + field.getName()));
	}

	private static boolean isShownByPages(GraphQLFieldDefinition field) {
		GraphQLNamedType type = (GraphQLNamedType) GraphQLTypeUtil.unwrapAll(field.getType());
		return type.getName().endsWith("Connection");
	}

}
