package dev.belfry.alerts.rules;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.belfry.alerts.rules.AlertForm.Shown;
import dev.belfry.alerts.rules.AlertForm.ShownList;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Ids;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;

import static dev.belfry.alerts.rules.AlertForm.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Alerts as they were in force, and what a change does beside (promises 19 and 27). */
@BelfryTest
class AlertHistoryTests {

	private static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

	private static final Query<String> STATES = Query
		.of("select state from delivery where account_id = $1 order by delivery_id", (row) -> Rows.text(row, "state"));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private AlertVersions versions;

	@Autowired
	private Outbox outbox;

	@Autowired
	private Ids ids;

	private final String name = "alert-history-" + UUID.randomUUID();

	private AccountId account;

	private AlertForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new AlertForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void showsOfEachOfManyAlertsItsOwnVersions() {
		this.form.make("Alone");
		Shown changed = this.form.make("Changed");
		this.form.update(changed, "name", "Changed once").saved();
		this.form.update(changed, "name", "Changed twice").saved();

		List<Map<String, Object>> alerts = this.form.client().ask("""
				{ alerts { nodes {
				  versions { nodes { name changes { before } } pageInfo { hasNextPage } }
				  newest: versions(first: 1) { nodes { name changes { before } } pageInfo { hasNextPage } }
				} } }""").field("alerts.nodes").getValue();

		assertThat(alerts).extracting("versions")
			.containsExactly(page(false, List.of("Changed twice", "Changed once", "Changed"),
					List.of("Changed once", "Changed")), page(false, List.of("Alone"), List.of()));
		assertThat(alerts).extracting("newest")
			.containsExactly(page(true, List.of("Changed twice"), List.of("Changed once")),
					page(false, List.of("Alone"), List.of()));
	}

	/** Each version is made of the one before by one change, but for the first of all. */
	private static Map<String, Object> page(boolean hasMore, List<String> names, List<String> before) {
		List<Map<String, Object>> nodes = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			nodes.add(Map.of("name", names.get(i), "changes",
					(i < before.size()) ? List.of(Map.of("before", before.get(i))) : List.of()));
		}
		return Map.of("nodes", nodes, "pageInfo", Map.of("hasNextPage", hasMore));
	}

	@Test
	void knowsWhatWasInForceForEachRulesVersion() {
		Shown first = this.form.make("First");
		Shown second = this.form.make("Second", "enabled", false);
		this.form.switchTo(true, second);
		this.form.update(first, "eventType", "ORDER_HELD");
		this.form.delete(second);

		AlertTimeline all = timeline(0, 6);

		assertThat(on(all, 0, 6, "ORDER_IMPORTED")).containsExactly("", "First", "First", "First Second", "Second", "",
				"");
		assertThat(on(all, 0, 6, "ORDER_HELD")).containsExactly("", "", "", "", "First", "First", "First");
		assertThat(all.named(number(second), 2).alert().enabled()).isFalse();
		assertThat(all.named(number(second), 4).version()).isEqualTo(2);
		assertThat(all.named(number(second), 1)).isNull();
		assertThat(all.named(number(second), 5)).isNull();
		for (int from = 0; from <= 6; from++) {
			for (int to = from; to <= 6; to++) {
				AlertTimeline part = timeline(from, to);
				assertThat(on(part, from, to, "ORDER_IMPORTED")).isEqualTo(on(all, from, to, "ORDER_IMPORTED"));
				assertThat(on(part, from, to, "ORDER_HELD")).isEqualTo(on(all, from, to, "ORDER_HELD"));
			}
		}
	}

	@Test
	void answersNothingOutsideOfTheStretchThatWasAskedFor() {
		AlertTimeline timeline = timeline(2, 3);

		assertThat(timeline.at(2, "ORDER_IMPORTED").all()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> timeline.at(1, "ORDER_IMPORTED"));
		assertThatIllegalArgumentException().isThrownBy(() -> timeline.named(1, 4));
	}

	@Test
	void findsTheCandidatesOfAnEventAndRemembersThem() {
		this.form.make("US", "condition", test("order.shipping.country", "EQUALS", "US"));
		this.form.make("All");
		this.form.make("FR", "condition", test("order.shipping.country", "EQUALS", "fr"));
		AlertTimeline timeline = timeline(0, 5);

		AlertsInForce inForce = timeline.at(3, "ORDER_IMPORTED");

		PlatformEvent event = new PlatformEvent(1, "event", "ORDER_IMPORTED", Instant.EPOCH, Instant.EPOCH, 3,
				EventTypes.named("ORDER_IMPORTED").sample());
		assertThat(inForce.candidates(event, new AccountStyle("", ZoneOffset.UTC, Locale.ROOT)))
			.extracting((rule) -> rule.version().alert().name())
			.containsExactly("All", "FR");
		assertThat(timeline.at(5, "ORDER_IMPORTED")).isSameAs(inForce);
		assertThat(timeline(2, 3).at(3, "ORDER_IMPORTED").all().get(0).condition())
			.isSameAs(inForce.all().get(0).condition());
	}

	@Test
	void saysWhyAnAlertOfAnotherBelfryCannotBeHeldAgainstEvents() {
		Shown made = this.form.make("Older");
		this.database.one(this.account,
				Query.number("update alert_version set template = '{\"subject\": \"{{gone}}\", \"body\": \"B\"}'"
						+ " where account_id = $1 returning alert_id"))
			.block(BelfryClient.TIMEOUT);

		AlertRule rule = timeline(0, 1).at(1, "ORDER_IMPORTED").all().get(0);

		assertThat(rule.version().alertId()).isEqualTo(number(made));
		assertThat(rule.template()).isNull();
		assertThat(rule.fault()).contains("gone");
	}

	@Test
	void cancelsWhatWaitsWhenAnAlertIsSwitchedOffOrDeleted() {
		Shown off = this.form.make("Off");
		Shown gone = this.form.make("Gone");
		Shown kept = this.form.make("Kept");
		queue(off, gone, kept);

		this.form.switchTo(false, off);
		this.form.delete(gone);
		this.form.update(kept, "name", "Kept on");

		assertThat(states()).containsExactly("CANCELLED", "CANCELLED", "PENDING");
		queue(off);
		this.form.update(off, "enabled", true);
		queue(off);
		assertThat(states()).containsExactly("CANCELLED", "CANCELLED", "PENDING", "CANCELLED", "PENDING");
	}

	@Test
	void cancelsNothingWhenTheSwitchIsRefused() {
		Shown made = this.form.make("On");
		queue(made);

		this.form.updateFor(7, made, "enabled", false);
		this.form.update(made, "enabled", false, "name", " ");

		assertThat(states()).containsExactly("PENDING");
	}

	@Test
	void forgetsAnErasedAddressInAllVersionsAndLists() {
		Shown alert = this.form.make("Told", "recipients", List.of(Map.of("email", "Ann@b\u00fccher.example"),
				Map.of("email", "bob@shop.example"), Map.of("persona", "RESELLER")));
		Shown past = this.form.make("Past", "recipients", List.of(Map.of("email", "ann@xn--bcher-kva.example")));
		this.form.update(past, "recipients", List.of(Map.of("email", "bob@shop.example")));
		ShownList list = this.form.createList("List", "cid@shop.example, ANN@b\u00fccher.example, bob@shop.example")
			.saved();

		this.form.client().run("eraseAddress", Map.of("input", Map.of("address", "ann@B\u00dcCHER.example")));

		Shown now = this.form.read(alert.id());
		assertThat(now.version()).isEqualTo(2);
		assertThat(now.enabled()).isTrue();
		assertThat(now.labels()).containsExactly("bob@shop.example", "Reseller");
		assertThat(this.form.read(past.id()).version()).isEqualTo(2);
		for (Shown each : List.of(alert, past)) {
			assertThat(this.versions.before(this.account, List.of(number(each)), Long.MAX_VALUE, 10)
				.block(BelfryClient.TIMEOUT)
				.toString()).doesNotContainIgnoringCase("ann@");
		}
		ShownList changed = this.form.readList(list.id());
		assertThat(changed.addresses()).containsExactly("cid@shop.example", "bob@shop.example");
		assertThat(changed.version()).isEqualTo(2);
		assertThat(this.form.updateList(list, "addresses", List.of("ann@b\u00fccher.example")).errors())
			.containsExactly("CONFLICT expectedVersion");
	}

	@Test
	void leavesOtherAddressesAsTheyAreWhenOneIsErased() {
		Shown alert = this.form.make("Told");
		ShownList list = this.form.createList("List", "bob@shop.example").saved();

		this.form.client().run("eraseAddress", Map.of("input", Map.of("address", "cid@shop.example")));

		assertThat(this.form.read(alert.id())).isEqualTo(alert);
		assertThat(this.form.readList(list.id())).isEqualTo(list);
	}

	private void queue(Shown... alerts) {
		for (Shown alert : alerts) {
			this.outbox
				.queue(this.account,
						List.of(TestMail.email(Topic.alert(number(alert)), "ann" + number(alert) + "@shop.example",
								NEVER)))
				.block(BelfryClient.TIMEOUT);
		}
	}

	private List<String> states() {
		return this.database.all(this.account, STATES).collectList().block(BelfryClient.TIMEOUT);
	}

	private AlertTimeline timeline(long from, long to) {
		return this.versions.of(this.account, from, to).block(BelfryClient.TIMEOUT);
	}

	private static List<String> on(AlertTimeline timeline, int from, int to, String eventType) {
		return IntStream.rangeClosed(from, to)
			.mapToObj((rulesVersion) -> timeline.at(rulesVersion, eventType)
				.all()
				.stream()
				.map((rule) -> rule.version().alert().name())
				.collect(Collectors.joining(" ")))
			.toList();
	}

	private long number(Shown alert) {
		return this.ids.decode(Ids.Kind.ALERT, this.account, alert.id());
	}

}
