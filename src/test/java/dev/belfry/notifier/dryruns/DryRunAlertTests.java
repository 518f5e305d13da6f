package dev.belfry.notifier.dryruns;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.alerts.trials.ExplainedPart;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.input.UserError;
import dev.belfry.notifier.entries.StoredEntries;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** Dry runs as a client sees them, on a socket. */
@BelfryTest
class DryRunAlertTests {

	private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

	private static final LocalDate YESTERDAY = LocalDate.now(NEW_YORK).minusDays(1);

	/** An hour before its midnight. */
	private static final Instant START = YESTERDAY.atStartOfDay(NEW_YORK).toInstant().minusSeconds(3_600);

	private static final Map<String, Object> ABROAD = TestOrders.test("order.shipping.country", "NOT_EQUALS", "US");

	private static final Map<String, Object> DEAR_ABROAD = Map.of("all",
			List.of(ABROAD, TestOrders.test("order.total", "GREATER", new BigDecimal(500))));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private EventIntake intake;

	private final String name = "dry-" + UUID.randomUUID();

	private AccountId account;

	private BelfryClient owner;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create(this.name);
		number("update account set time_zone = 'America/New_York' where account_id = $1 returning 1::bigint");
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
	}

	@Test
	void tellsWhatASavedAlertWouldHaveToldOfAndSendsNothing() {
		publish(START, List.of(TestOrders.payload("FR", 600, 1)));
		publish(START.plusSeconds(60), List.of(TestOrders.payload("US", 700, 1), TestOrders.payload("DE", 800, 1)));
		publish(START.plusSeconds(3_600), List.of(TestOrders.ofNobody(TestOrders.payload("FR", 900, 1))));
		Map<String, Object> alert = Map.of("id", save());

		AlertDryRun result = dryRun(alert, START, Map.of());

		assertThat(result.userErrors()).isEmpty();
		assertThat(result).returns(true, AlertDryRun::complete)
			.returns(1.0, AlertDryRun::progress)
			.returns(4L, AlertDryRun::considered)
			.returns(3L, AlertDryRun::matched)
			.returns(0L, AlertDryRun::failed)
			.returns(1L, AlertDryRun::unresolved)
			.returns(5L, AlertDryRun::mails);
		assertThat(result.days()).containsExactly(new DryRunDay(YESTERDAY.minusDays(1).toString(), 3, 2, 4),
				new DryRunDay(YESTERDAY.toString(), 1, 1, 1));
		assertThat(result.firstMatches()).extracting(DryRunMatch::subject).containsExactly("To FR", "To DE", "To FR");
		DryRunMatch first = result.firstMatches().get(0);
		assertThat(first.recordedAt()).isEqualTo(START);
		assertThat(first.recipients()).containsExactly("ann@shop.example", "sam.ortiz@greenhouse.example");
		assertThat(first.explanation()).extracting(ExplainedPart::depth).containsExactly(0, 1, 1);
		assertThat(first.explanation()).extracting(ExplainedPart::matched).containsOnly(true);
		assertThat(first.explanation()).extracting((part) -> String.valueOf(part.seen())).contains("FR", "600");
		assertThat(type(first.causeId())).isEqualTo("PlatformEvent");
		assertThat(number("select count(*) from delivery where account_id = $1")).isZero();
		assertThat(number("select count(*) from alert_evaluation where account_id = $1")).isZero();
	}

	@Test
	void looksAtAPeriodAlone() {
		IntStream.range(0, 5).forEach((i) -> publish(START.plusSeconds(i), orders(1)));

		AlertDryRun result = dryRun(draft(ABROAD), START.plusSeconds(1),
				Map.of("to", START.plusSeconds(4).toString(), "firstMatches", 2));

		assertThat(result).returns(3L, AlertDryRun::considered).returns(3L, AlertDryRun::matched);
		assertThat(result.firstMatches()).extracting((match) -> match.recordedAt())
			.containsExactly(START.plusSeconds(1), START.plusSeconds(2));
	}

	@Test
	void missesNothingBetweenPages() {
		int most = StoredEntries.MOST;
		publish(START, orders(most));
		publish(START.plusSeconds(1), orders(most - 1));
		publish(START.plusSeconds(1), orders(2));
		publish(START.plusSeconds(2), orders(most - 1));

		AlertDryRun result = dryRun(draft(ABROAD), START, Map.of("firstMatches", 0));

		assertThat(result).returns(3L * most, AlertDryRun::considered)
			.returns(3L * most, AlertDryRun::matched)
			.returns(true, AlertDryRun::complete);
		assertThat(result.firstMatches()).isEmpty();
	}

	@Test
	void looksAtCompletionsToo() {
		Instant before = Instant.now().minusSeconds(60);
		new BelfryClient(this.port, TestTokens.platform())
			.record(this.name, List.of(Completions.one("run-1", "SUCCEEDED"), Completions.one("run-2", "FAILED")))
			.block(BelfryClient.TIMEOUT);

		AlertDryRun result = dryRun(Map.of("draft",
				Map.of("eventType", "JOB_COMPLETED", "condition", TestOrders.test("job.outcome", "EQUALS", "FAILED"),
						"template", Map.of("subject", "{{job.operationName}} failed", "body", "x"), "recipients",
						List.of(Map.of("email", "ann@shop.example")))),
				before, Map.of());

		assertThat(result).returns(2L, AlertDryRun::considered).returns(1L, AlertDryRun::mails);
		assertThat(result.firstMatches()).extracting(DryRunMatch::subject).containsExactly("Get Orders failed");
		assertThat(type(result.firstMatches().get(0).causeId())).isEqualTo("JobNotification");
	}

	@Test
	void tellsAllThatIsWrongWithTheInputAtOnce() {
		Map<String, Object> draft = draft(TestOrders.test("order.totl", "GREATER", BigDecimal.ONE));

		AlertDryRun refused = dryRun(draft, START,
				Map.of("to", START.minus(1, ChronoUnit.DAYS).toString(), "firstMatches", 51));

		assertThat(refused.userErrors()).extracting((UserError error) -> String.join(".", error.field()))
			.containsExactly("alert.draft.condition.test.field", "from", "firstMatches");
		assertThat(refused).returns(false, AlertDryRun::complete).returns(0L, AlertDryRun::considered);
	}

	@Test
	void knowsNoAlertThatIsNotThere() {
		AlertDryRun refused = dryRun(Map.of("id", "nothing"), START, Map.of());

		assertThat(refused.userErrors()).singleElement().extracting(UserError::field).isEqualTo(List.of("alert", "id"));
	}

	private Map<String, Object> draft(Map<String, Object> condition) {
		return Map.of("draft", Map.of("eventType", TestOrders.TYPE, "condition", condition, "recipients",
				List.of(Map.of("email", "ann@shop.example"))));
	}

	/** An alert that is off. */
	private String save() {
		ClientGraphQlResponse answer = this.owner.run("createAlert",
				Map.of("input",
						Map.of("name", "Abroad", "eventType", TestOrders.TYPE, "condition", DEAR_ABROAD, "template",
								Map.of("subject", "To {{order.shipping.country}}", "body", "x"), "recipients",
								List.of(Map.of("email", "ann@shop.example"), Map.of("persona", "B2B_USER")))));
		return answer.field("createAlert.alert.id").toEntity(String.class);
	}

	private AlertDryRun dryRun(Map<String, Object> alert, Instant from, Map<String, Object> more) {
		Map<String, Object> input = new HashMap<>(more);
		input.put("alert", alert);
		input.put("from", from.toString());
		return this.owner.subscribe("dryRunAlert", Map.of("input", input), "dryRunAlert", AlertDryRun.class)
			.blockLast(BelfryClient.TIMEOUT);
	}

	private static List<Map<String, Object>> orders(int number) {
		return IntStream.range(0, number).mapToObj((i) -> TestOrders.payload("FR", 600, 1)).toList();
	}

	private void publish(Instant recordedAt, List<Map<String, Object>> payloads) {
		List<NewEvent> events = payloads.stream()
			.map((payload) -> NewEvent.of("event-" + UUID.randomUUID(), TestOrders.TYPE, recordedAt, payload))
			.toList();
		this.intake.publishAsOf(this.account, events, recordedAt).block(BelfryClient.TIMEOUT);
	}

	private String type(String id) {
		return this.owner.ask("query type($id: ID!) { node(id: $id) { __typename } }", Map.of("id", id))
			.field("node.__typename")
			.toEntity(String.class);
	}

	private long number(String sql) {
		return this.database.one(this.account, Query.number(sql)).block(BelfryClient.TIMEOUT);
	}

}
