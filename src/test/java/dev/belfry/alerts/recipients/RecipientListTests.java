package dev.belfry.alerts.recipients;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.alerts.rules.AlertForm;
import dev.belfry.alerts.rules.AlertForm.ListAnswer;
import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.ShownList;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Recipient lists as an account makes, changes and finds them (promises 29 and 30). */
@BelfryTest
class RecipientListTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "lists-" + UUID.randomUUID();

	private AlertForm form;

	@BeforeEach
	void openForm() {
		this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void makesAListOfWhatAPersonTypes() {
		ShownList made = this.form.createList(" On call ", "a@x.com, \"Doe, Jane\" <j@y.com>", "A@x.com\nk@z.com")
			.saved();

		assertThat(made.name()).isEqualTo("On call");
		assertThat(made.version()).isEqualTo(1);
		assertThat(made.addresses()).containsExactly("a@x.com", "j@y.com", "k@z.com");
		assertThat(made.changedBy()).isEqualTo("owner");
		assertThat(this.form.readList(made.id())).isEqualTo(made);
		assertThat(this.form.createList("Nobody yet").saved().addresses()).isEmpty();
	}

	@Test
	void tellsAllErrorsAtOnce() {
		ListAnswer answer = this.form.createList("\n", "a@x.com, nobody", "neither");

		assertThat(answer.errors()).containsExactly("REQUIRED name", "INVALID addresses.0", "INVALID addresses.1");
		assertThat(answer.recipientList()).isNull();
		String many = IntStream.rangeClosed(0, 200)
			.mapToObj((i) -> "a" + i + "@x.com")
			.collect(Collectors.joining(","));
		assertThat(this.form.createList("Many", many).errors()).containsExactly("TOO_MANY addresses");
		assertThat(this.form.createList("n".repeat(121)).errors()).containsExactly("TOO_LONG name");
	}

	@Test
	void changesWhatIsGivenAndKeepsTheRest() {
		ShownList made = this.form.createList("On call", "a@x.com").saved();

		ShownList renamed = this.form.updateList(made, "name", "Off call").saved();
		ShownList changed = this.form.updateList(renamed, "addresses", List.of("b@x.com")).saved();

		assertThat(renamed.addresses()).containsExactly("a@x.com");
		assertThat(changed.name()).isEqualTo("Off call");
		assertThat(changed.version()).isEqualTo(3);
		assertThat(this.form.updateList(changed, "addresses", List.of("b@x.com")).saved().version()).isEqualTo(3);
		assertThat(this.form.updateList(changed, "name", null, "addresses", null).errors())
			.containsExactly("REQUIRED name", "REQUIRED addresses");
		assertThat(this.form.updateList(made, "name", " ").errors()).containsExactly("CONFLICT expectedVersion",
				"REQUIRED name");
	}

	@Test
	void letsOneOfManyUpdatesForOneVersionWin() {
		ShownList made = this.form.createList("Contended").saved();

		List<ListAnswer> answers = Flux.range(0, 20)
			.flatMap((i) -> this.form.sendList(made, "addresses", List.of("a" + i + "@x.com")), 20)
			.collectList()
			.block(BelfryClient.TIMEOUT);

		ShownList winner = this.form.readList(made.id());
		assertThat(winner.version()).isEqualTo(2);
		assertThat(answers).filteredOn((answer) -> answer.errors().isEmpty()).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.errors().equals(List.of("CONFLICT expectedVersion")))
			.hasSize(19)
			.allSatisfy((answer) -> assertThat(answer.recipientList()).isEqualTo(winner));
	}

	@Test
	void letsOneListHaveAName() {
		ShownList made = this.form.createList("On call").saved();
		ShownList other = this.form.createList("Other").saved();

		assertThat(this.form.createList("ON CALL").errors()).containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.updateList(other, "name", "on call").errors()).containsExactly("NOT_POSSIBLE name");
		assertThat(this.form.updateList(made, "name", "On Call").saved().name()).isEqualTo("On Call");
	}

	@Test
	void deletesNoListThatAnAlertNames() {
		ShownList made = this.form.createList("On call", "a@x.com").saved();
		Shown alert = this.form.make("Big order", "recipients", List.of(Map.of("listId", made.id())));

		ListAnswer answer = this.form.deleteList(made);

		assertThat(answer.errors()).containsExactly("NOT_POSSIBLE id");
		assertThat(answer.userErrors().get(0).message()).contains("\"Big order\"");
		assertThat(answer.recipientList()).isEqualTo(made);
		this.form.delete(alert);
		assertThat(this.form.deleteList(made, "expectedVersion", 2).errors())
			.containsExactly("CONFLICT expectedVersion");
		assertThat(this.form.deleteList(made, "expectedVersion", 1, "idempotencyKey", "one").deletedRecipientListId())
			.isEqualTo(made.id());
		assertThat(this.form.deleteList(made, "expectedVersion", 1, "idempotencyKey", "one").deletedRecipientListId())
			.isEqualTo(made.id());
		assertThat(this.form.readList(made.id())).isNull();
		assertThat(this.form.deleteList(made).errors()).containsExactly("NOT_FOUND id");
		assertThat(this.form.updateList(made, "name", "Back").errors()).containsExactly("NOT_FOUND id");
	}

	@Test
	void findsListsByPages() {
		for (int i = 1; i <= 4; i++) {
			this.form.createList("Team " + i);
		}
		this.form.createList("Owner");

		assertThat(names(Map.of("search", "team"))).containsExactly("Team 4", "Team 3", "Team 2", "Team 1");
		assertThat(names(Map.of("first", 2))).containsExactly("Owner", "Team 4");
		String cursor = this.form.answer("recipientLists", Map.of("first", 2))
			.field("recipientLists.pageInfo.endCursor")
			.toEntity(String.class);
		assertThat(names(Map.of("first", 2, "after", cursor))).containsExactly("Team 3", "Team 2");
	}

	@Test
	void makesOneListOfCallsWithOneKey() {
		Map<String, Object> input = Map.of("name", "Once", "addresses", List.of("a@x.com"), "idempotencyKey", "one");

		ShownList made = this.form.runList("createRecipientList", input).block(BelfryClient.TIMEOUT).saved();

		assertThat(this.form.runList("createRecipientList", input).block(BelfryClient.TIMEOUT).saved()).isEqualTo(made);
		assertThat(names(Map.of())).containsExactly("Once");
	}

	private List<String> names(Map<String, Object> variables) {
		return this.form.answer("recipientLists", variables)
			.field("recipientLists.edges")
			.toEntityList(Edge.class)
			.stream()
			.map((edge) -> edge.node().name())
			.toList();
	}

	record Edge(String cursor, ShownList node) {
	}

}
