package dev.belfry.alerts.rules;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.alerts.rules.AlertForm.Answer;
import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.ShownList;
import dev.belfry.ids.Ids;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Several change the alerts of one account at the same time, while its log grows. */
@BelfryTest
class ConcurrentAlertsTests {

	private static final Query<Entry> LOG = Query.of(
			"select position, rules_version, recorded_at from platform_event where account_id = $1 order by position",
			(row) -> new Entry(Rows.number(row, "position"), Rows.number(row, "rules_version"),
					Rows.get(row, "recorded_at", OffsetDateTime.class).toInstant()));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private AlertVersions versions;

	@Autowired
	private Ids ids;

	private final String name = "alert-rivals-" + UUID.randomUUID();

	private AccountId account;

	private AlertForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
		this.form.names(Map.of());
	}

	/** Promise 29. */
	@Test
	void letsOneOfManyUpdatesForOneVersionWin() {
		Shown made = this.form.make("Contended");

		List<Answer> answers = Flux.range(0, 20)
			.flatMap((i) -> this.form.sendUpdate(1, made.id(), "name", "Name " + i), 20)
			.collectList()
			.block(BelfryClient.TIMEOUT);

		Shown winner = this.form.read(made.id());
		assertThat(winner.version()).isEqualTo(2);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.alert()).isEqualTo(winner));
		assertThat(answers).filteredOn((answer) -> answer.errors().isEmpty()).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.errors().equals(List.of("CONFLICT expectedVersion")))
			.hasSize(19);
	}

	@Test
	void letsOneOfManyAlertsHaveAName() {
		List<Answer> answers = Flux.range(0, 20)
			.flatMap((i) -> this.form.sendCreate((i % 2 == 0) ? "Same" : "SAME"), 20)
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(answers).filteredOn((answer) -> answer.errors().isEmpty()).hasSize(1);
		assertThat(answers).filteredOn((answer) -> answer.errors().equals(List.of("NOT_POSSIBLE name"))).hasSize(19);
		assertThat(this.form.names(Map.of())).hasSize(1);
	}

	@Test
	void letsConcurrentCallsWithOneKeyMakeOneAlert() {
		List<Answer> answers = Flux.range(0, 8)
			.flatMap((i) -> this.form.sendCreate("Once", "idempotencyKey", "one"), 8)
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(answers).extracting((answer) -> answer.saved().id()).containsOnly(answers.get(0).alert().id());
		assertThat(this.form.names(Map.of())).containsExactly("Once");
	}

	@Test
	void losesNoSwitchOfThoseWithoutAVersion() {
		Shown made = this.form.make("Switched");

		List<Answer> answers = Flux.range(0, 20)
			.flatMap((i) -> this.form.sendSwitch(i % 2 == 0, made.id()), 20)
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(answers).allSatisfy((answer) -> assertThat(answer.errors()).isEmpty());
		List<Boolean> states = this.form.versions(made).stream().map(AlertForm.Version::enabled).toList();
		for (int i = 1; i < states.size(); i++) {
			assertThat(states.get(i)).isNotEqualTo(states.get(i - 1));
		}
	}

	@Test
	void neverLeavesAnAlertWithAListThatIsGone() {
		for (int i = 0; i < 10; i++) {
			ShownList list = this.form.createList("List " + i, "ann@shop.example").saved();
			String alert = "Alert " + i;

			Mono.zip(this.form.sendCreate(alert, "recipients", List.of(Map.of("listId", list.id()))),
					this.form.runList("deleteRecipientList", Map.of("id", list.id())))
				.block(BelfryClient.TIMEOUT);

			boolean isThere = this.form.readList(list.id()) != null;
			assertThat(this.form.names(Map.of("search", alert))).hasSize(isThere ? 1 : 0);
		}
	}

	/** DESIGN.md, idea 1: who edits rules takes the lock that hands out positions. */
	@Test
	void tellsOfEachEntryWhichAlertsWereInForceWhenItWasCommitted() {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		List<Shown> alerts = List.of(this.form.make("One"), this.form.make("Two"));
		Flux<ClientGraphQlResponse> intake = Flux.fromIterable(Events.of(180))
			.buffer(3)
			.flatMap((batch) -> platform.publish(this.name, batch), 4);
		Flux<Answer> edits = Flux.range(1, 30)
			.concatMap((i) -> this.form.sendSwitch(i / 2 % 2 == 0, alerts.get(i % 2).id()));

		Flux.merge(intake, edits).then().block(BelfryClient.TIMEOUT);

		List<Entry> log = this.database.all(this.account, LOG).collectList().block(BelfryClient.TIMEOUT);
		List<AlertVersion> made = new ArrayList<>();
		this.versions.before(this.account, alerts.stream().map((alert) -> number(alert)).toList(), Long.MAX_VALUE, 100)
			.block(BelfryClient.TIMEOUT)
			.values()
			.forEach(made::addAll);
		assertThat(log).hasSize(180).extracting(Entry::rulesVersion).isSorted();
		assertThat(log.stream().map(Entry::rulesVersion).distinct().count()).isGreaterThan(3);
		assertThat(made).hasSizeGreaterThan(20);
		AlertTimeline timeline = this.versions.of(this.account, 0, 1_000).block(BelfryClient.TIMEOUT);
		for (Entry entry : log) {
			List<AlertVersion> inForce = alerts.stream().map((alert) -> newest(made, number(alert), entry)).toList();
			assertThat(timeline.at(entry.rulesVersion(), "ORDER_IMPORTED").all()).as("entry %d", entry.position())
				.extracting(AlertRule::version)
				.containsExactlyElementsOf(inForce.stream().filter(AlertVersion::isOn).toList());
			assertThat(timeline.named(number(alerts.get(0)), entry.rulesVersion())).isEqualTo(inForce.get(0));
		}
	}

	private long number(Shown alert) {
		return this.ids.decode(Ids.Kind.ALERT, this.account, alert.id());
	}

	private static AlertVersion newest(List<AlertVersion> made, long alertId, Entry entry) {
		return made.stream()
			.filter((version) -> version.alertId() == alertId && !version.changedAt().isAfter(entry.recordedAt()))
			.max(Comparator.comparing(AlertVersion::version))
			.orElseThrow();
	}

	private record Entry(long position, long rulesVersion, Instant recordedAt) {
	}

}
