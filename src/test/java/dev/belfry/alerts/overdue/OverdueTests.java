package dev.belfry.alerts.overdue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.belfry.buckets.Buckets;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.log.retention.Retention;
import dev.belfry.loops.TestLoops;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.MovableClock;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that alerts wait for, from their silence to the e-mails that arrive. */
@BelfryTest
class OverdueTests {

	private static final MailRelay RELAY = new MailRelay();

	private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private OverdueJobs jobs;

	@Autowired
	private Heartbeat heartbeat;

	@Autowired
	private Retention retention;

	@Autowired
	private EventIntake intake;

	@Autowired
	private Buckets buckets;

	private final Instant start = Instant.now();

	private final MovableClock clock = new MovableClock(this.start);

	private MailedAccount shop;

	private BelfryClient owner;

	@DynamicPropertySource
	static void sendToRelay(DynamicPropertyRegistry properties) {
		RELAY.register(properties);
		properties.add("belfry.notifier.window", () -> "1s");
		properties.add("belfry.alerts.overdue-interval", () -> "1h");
	}

	@AfterAll
	static void stopRelay() {
		RELAY.close();
	}

	@BeforeEach
	@AfterEach
	void forgetWhenNobodyHeard() {
		execute("delete from unheard_time");
	}

	@BeforeEach
	void createAccount() {
		this.shop = new MailedAccount(this.port, this.accounts, RELAY);
		this.owner = this.shop.owner();
	}

	@Test
	void logsOneEventForASilence() {
		complete(20);
		create("Silent", after(30));
		look();
		assertThat(events()).isEmpty();

		this.clock.move(Duration.ofMinutes(11));
		look();
		look();
		this.clock.move(Duration.ofDays(2));
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(Instant.parse((String) event.get("occurredAt"))).isEqualTo(instant(10));
			assertThat(at(event, "job", "operation")).isEqualTo("GET_ORDERS");
			assertThat(at(event, "job", "operationName")).isEqualTo("Get Orders");
			assertThat(at(event, "job", "integration")).isEqualTo(Map.of("name", "Main shop", "externalId", "shop-1"));
			assertThat(at(event, "job", "origin"))
				.isEqualTo(Map.of("kind", "CHANNEL", "name", "Shop", "externalId", "channel-1"));
			assertThat(Instant.parse((String) at(event, "overdue", "lastCompletedAt"))).isEqualTo(instant(-20));
			assertThat(Instant.parse((String) at(event, "overdue", "expectedBy"))).isEqualTo(instant(10));
			assertThat(at(event, "overdue", "silentMinutes")).isEqualTo(31);
			assertThat(at(event, "overdue", "afterMinutes")).isEqualTo(30);
			assertThat(at(event, "overdue", "usualMinutes")).isNull();
		});
	}

	@Test
	void logsOneEventThoughNodesLookAtTheSameTime() {
		complete(20);
		create("Silent", after(30));
		this.clock.move(Duration.ofMinutes(11));

		Flux.range(0, 8).flatMap((node) -> timer().look(this.clock.instant())).blockLast(BelfryClient.TIMEOUT);

		assertThat(events()).hasSize(1);
	}

	@Test
	void leavesTheAccountsOfOtherNodesToThem() {
		complete(20);
		create("Silent", after(30));
		this.clock.move(Duration.ofMinutes(11));

		this.buckets.stop();
		look();
		assertThat(events()).isEmpty();

		this.buckets.start();
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> {
			look();
			return events().size() == 1;
		});
	}

	@Test
	void endsASilenceWithTheNextCompletion() {
		complete(20);
		create("Silent", after(30));
		this.clock.move(Duration.ofMinutes(11));
		look();

		complete(0);
		look();
		assertThat(events()).hasSize(1);
		this.clock.move(Duration.ofMinutes(20));
		look();

		assertThat(events()).hasSize(2).extracting((event) -> event.get("eventId")).doesNotHaveDuplicates();
	}

	@Test
	void endsNoSilenceWithWhatIsToldLate() {
		complete(20);
		create("Silent", after(30));
		this.clock.move(Duration.ofMinutes(11));
		look();

		complete(25);
		look();

		assertThat(events()).hasSize(1);
	}

	@Test
	void takesTwiceTheMedianOfItsLastTwentyIntervalsForUsual() {
		List<Map<String, Object>> completions = new ArrayList<>();
		for (int i = 25; i > 0; i--) {
			completions.add(completion("FAILED", 395 + 60 * i));
		}
		String[] outcomes = { "SUCCEEDED", "COMPLETED_WITH_ERRORS", "FAILED" };
		for (int i = 20; i >= 0; i--) {
			completions.add(completion(outcomes[i % 3], 15 + 10 * Math.min(i, 11) + 30 * Math.max(i - 11, 0)));
		}
		record(completions);
		create("Silent", usual());
		look();
		assertThat(events()).isEmpty();

		this.clock.move(Duration.ofMinutes(6));
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(at(event, "overdue", "usualMinutes")).isEqualTo(10);
			assertThat(at(event, "overdue", "afterMinutes")).isEqualTo(20);
			assertThat(at(event, "overdue", "silentMinutes")).isEqualTo(21);
		});
	}

	@Test
	void isNotMovedByOneLongInterval() {
		complete(190, 55, 45, 35, 25, 15);
		create("Silent", usual());

		this.clock.move(Duration.ofMinutes(6));
		look();

		assertThat(events()).singleElement()
			.satisfies((event) -> assertThat(at(event, "overdue", "usualMinutes")).isEqualTo(10));
	}

	@Test
	void knowsNothingUsualOfFewerThanFiveIntervals() {
		complete(55, 45, 35, 25, 15);
		create("Silent", usual());
		create("Certain", after(60));

		this.clock.move(Duration.ofDays(1));
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(at(event, "overdue", "afterMinutes")).isEqualTo(60);
			assertThat(at(event, "overdue", "usualMinutes")).isNull();
		});
	}

	@Test
	void allowsFiveMinutesToWhatComesMoreOften() {
		complete(9, 8, 7, 6, 5, 4);
		create("Silent", usual());
		look();
		assertThat(events()).isEmpty();

		this.clock.move(Duration.ofMinutes(2));
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(at(event, "overdue", "usualMinutes")).isEqualTo(1);
			assertThat(at(event, "overdue", "afterMinutes")).isEqualTo(5);
		});
	}

	@Test
	void waitsForTheFirstCompletionSinceTheAlertWasMade() {
		complete(500);
		create("Silent", watch("SYNC_ORDERS", "afterMinutes", 30));
		look();
		assertThat(events()).isEmpty();

		this.clock.move(Duration.ofMinutes(40));
		look();
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(at(event, "job", "operationName")).isEqualTo("Sync Orders");
			assertThat(at(event, "overdue", "lastCompletedAt")).isNull();
		});
	}

	@Test
	void remembersWhenAJobCompletedThatRetentionHasRemoved() {
		execute("update account set retention_days = 7 where account_id = " + this.shop.id().value());
		complete(0);
		create("Patient", after(43_200));
		execute("update alert_version set changed_at = changed_at - interval '60 days' where account_id = "
				+ this.shop.id().value());
		removeAll();

		this.clock.move(Duration.ofDays(29));
		look();
		assertThat(events()).isEmpty();
		this.clock.move(Duration.ofDays(2));
		look();

		assertThat(events()).singleElement()
			.satisfies((event) -> assertThat(Instant.parse((String) at(event, "overdue", "lastCompletedAt")))
				.isEqualTo(instant(0)));
	}

	@Test
	void tellsOfEachSilenceThoughRetentionHasRemovedWhatWasBefore() {
		complete(60);
		create("Silent", after(30));
		execute("update alert_version set changed_at = changed_at - interval '60 days' where account_id = "
				+ this.shop.id().value());
		removeAll();
		look();
		complete(40);
		removeAll();

		look();

		assertThat(events()).hasSize(2);
	}

	@Test
	void tellsOfASilenceOnceHoweverLongItLasts() {
		complete(60);
		create("Silent", after(30));
		create("Never", watch("SYNC_ORDERS", "afterMinutes", 30));
		this.clock.move(Duration.ofMinutes(40));
		look();
		assertThat(events()).hasSize(2);

		execute("update event_key set recorded_at = recorded_at - interval '500 days' where account_id = "
				+ this.shop.id().value());
		removeAll();
		look();
		assertThat(events()).hasSize(2);
		complete(35);
		look();

		assertThat(events()).hasSize(3);
		removeAll();
		assertThat(number("select count(*) from event_key where account_id = " + this.shop.id().value())).isEqualTo(2);
	}

	@Test
	void takesNoTimeInWhichNoNodeRanForSilence() {
		complete(181);
		create("Short", after(5));
		execute("update hearing set heard_at = now() - interval '3 hours'");
		look();
		assertThat(events()).isEmpty();
		this.clock.move(Duration.ofMinutes(10));
		look();
		assertThat(events()).isEmpty();

		this.clock.move(Duration.ofMinutes(5));
		look();

		assertThat(events()).singleElement().satisfies((event) -> {
			assertThat(at(event, "overdue", "silentMinutes")).isEqualTo(5);
			assertThat(at(event, "overdue", "afterMinutes")).isEqualTo(5);
		});
	}

	@Test
	void isToldOnlyOnceOfWhatIsHandedInAfterwards() {
		complete(181);
		create("Short", after(5));
		execute("update hearing set heard_at = now() - interval '3 hours'");
		look();

		complete(150, 100, 50, 1);
		this.clock.move(Duration.ofMinutes(14));
		look();
		assertThat(events()).isEmpty();
		this.clock.move(Duration.ofMinutes(2));
		look();

		assertThat(events()).hasSize(1);
	}

	@Test
	void takesTimeInWhichAnotherNodeRanForSilence() {
		complete(181);
		create("Short", after(5));
		execute("update hearing set heard_at = now() - interval '1 minute'");

		look();

		assertThat(events()).hasSize(1);
	}

	@Test
	void watchesNothingForAlertsThatAreOffOrDeletedOrChanged() {
		complete(20);
		Map<String, Object> off = create("Off", after(30));
		this.shop.mutate("setAlertEnabled", Map.of("id", off.get("id"), "enabled", false));
		this.shop.mutate("deleteAlert", Map.of("id", create("Gone", after(30)).get("id")));
		change(create("Changed", after(30)), "eventType", "ORDER_IMPORTED");
		this.clock.move(Duration.ofMinutes(11));

		look();
		assertThat(events()).isEmpty();
		this.shop.mutate("setAlertEnabled", Map.of("id", off.get("id"), "enabled", true));
		look();

		assertThat(events()).hasSize(1);
	}

	@Test
	void tellsEachAlertOfItsOwnWatchAlone() {
		complete(20);
		create("Ann's", after(30), "recipients", List.of(this.shop.email("ann")), "template",
				Map.of("subject", "{{job.operationName}} is late", "body", "Silent for {{overdue.silentMinutes}}."));
		create("Ben's", after(30), "recipients", List.of(this.shop.email("ben")));
		create("Cid's", after(60), "recipients", List.of(this.shop.email("cid")));
		create("Patient", after(60), "recipients", List.of(this.shop.email("dan")), "condition",
				Map.of("test", Map.of("field", "overdue.silentMinutes", "operator", "GREATER", "value", 1_000)));
		this.clock.move(Duration.ofMinutes(50));

		look();

		List<ReceivedMail> mails = this.shop.await(3);
		assertThat(mails.stream().map((mail) -> mail.name() + ": " + mail.subject())).containsExactlyInAnyOrder(
				"ann: Get Orders is late", "ben: Job Overdue: Get Orders", "cid: Job Overdue: Get Orders");
		assertThat(mails).filteredOn((mail) -> mail.name().equals("ann"))
			.singleElement()
			.satisfies((mail) -> assertThat(mail.text()).contains("Silent for 70."));
		assertThat(events()).hasSize(2);
		assertThat(verdicts(30)).containsExactly("Ann's NOTIFIED", "Ben's NOTIFIED", "Cid's NOT_CONCERNED",
				"Patient NOT_CONCERNED");
		assertThat(verdicts(60)).containsExactly("Ann's NOT_CONCERNED", "Ben's NOT_CONCERNED", "Cid's NOTIFIED",
				"Patient NOT_CONCERNED");
	}

	@Test
	void namesTheVersionThatWasInForceWhenASilenceWasNoticed() {
		complete(20);
		Map<String, Object> alert = create("Edited", after(30), "recipients", List.of(this.shop.email("ann")));
		this.clock.move(Duration.ofMinutes(11));
		look();
		this.shop.await(1);

		complete(0);
		change(alert, "recipients", List.of(this.shop.email("ben")), "watch", after(40));
		this.clock.move(Duration.ofMinutes(20));
		look();
		assertThat(events()).hasSize(1);
		this.clock.move(Duration.ofMinutes(10));
		look();

		assertThat(this.shop.await(2)).extracting(ReceivedMail::name).containsExactly("ann", "ben");
		assertThat(this.owner.ask("{ deliveries { nodes { alertVersion } } }")
			.field("deliveries.nodes")
			.toEntityList(Map.class)).extracting((node) -> node.get("alertVersion")).containsExactly(2, 1);
	}

	/** In a transaction that leaves nothing behind. */
	@Test
	void readsFewPagesHoweverLongTheLogIs() throws SQLException {
		complete(20);
		create("Silent", after(30));
		create("Usual", usual());
		create("Never", watch("SYNC_ORDERS", "afterMinutes", 30));
		try (Connection connection = TestDatabase.connect(TestDatabase.url());
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute(
					"""
							insert into job_notification
							select n.account_id, n.position + i, n.integration_id, n.origin_id, n.problem_total, n.rules_version, n.started_at,
							       n.finished_at, n.recorded_at, 0, n.origin_kind, (array['SUCCEEDED', 'FAILED'])[1 + i %% 2],
							       (array['GET_ORDERS', 'GET_SHIPMENTS'])[1 + i %% 7 / 6], n.operation_name, n.integration_name,
							       n.origin_name, 'run-' || i, n.summary, n.counts, ''
							from job_notification n cross join generate_series(1, 20000) i where n.account_id = %d"""
						.formatted(this.shop.id().value()));
			statement.execute("analyze job_notification");

			String plan = plan(statement);
			connection.rollback();

			assertThat(plan).doesNotContain("job_notification");
			assertThat(pages(plan)).as(plan).isLessThan(1_000);
		}
	}

	/** Lets the log of jobs be older than it may be, and retention run. */
	private void removeAll() {
		execute("update job_notification set recorded_at = recorded_at - interval '500 days' where account_id = "
				+ this.shop.id().value());
		this.retention.remove().block(BelfryClient.TIMEOUT);
		assertThat(this.owner.ask("{ jobNotifications { totalCount } }")
			.field("jobNotifications.totalCount")
			.<Integer>getValue()).isZero();
	}

	private static long number(String sql) {
		try (Connection connection = TestDatabase.connect(TestDatabase.url());
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(String sql) {
		TestDatabase.execute(TestDatabase.url(), sql);
	}

	private static String plan(Statement statement) throws SQLException {
		String sql = OverdueJobs.FIND.sql()
			.replace("$1", "now()")
			.replace("$2", "1000")
			.replace("$3", "5")
			.replace("$4", "(array_fill(true, array[256]))");
		StringBuilder plan = new StringBuilder();
		try (ResultSet rows = statement.executeQuery("explain (analyze, buffers) " + sql)) {
			while (rows.next()) {
				plan.append(rows.getString(1)).append('\n');
			}
		}
		return plan.toString();
	}

	private static int pages(String plan) {
		Matcher matcher = PAGES.matcher(plan);
		assertThat(matcher.find()).as(plan).isTrue();
		return Integer.parseInt(matcher.group(1))
				+ ((matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : 0);
	}

	/** A node's that has just been started. */
	private OverdueTimer timer() {
		return new OverdueTimer(this.jobs, this.heartbeat, this.intake,
				new OverdueSettings(Duration.ofHours(1), Duration.ofMinutes(10)), TestLoops.create());
	}

	private void look() {
		this.heartbeat.beat().then(Mono.defer(() -> timer().look(this.clock.instant()))).block(BelfryClient.TIMEOUT);
	}

	private Instant instant(int minutes) {
		Instant instant = this.start.plus(Duration.ofMinutes(minutes));
		return instant.minusNanos(instant.getNano() % 1_000);
	}

	/** Completions that ended before the start, in this order. */
	private void complete(int... minutesBefore) {
		List<Map<String, Object>> completions = new ArrayList<>();
		for (int minutes : minutesBefore) {
			completions.add(completion("SUCCEEDED", minutes));
		}
		record(completions);
	}

	private Map<String, Object> completion(String outcome, int minutesBefore) {
		Map<String, Object> completion = new HashMap<>(Completions.one("run-" + UUID.randomUUID(), outcome));
		String time = instant(-minutesBefore).toString();
		completion.put("startedAt", time);
		completion.put("finishedAt", time);
		return completion;
	}

	private void record(List<Map<String, Object>> completions) {
		ClientGraphQlResponse answer = this.shop.platform()
			.record(this.shop.name(), completions)
			.block(BelfryClient.TIMEOUT);
		assertThat(answer.field("recordJobCompletions.results").toEntityList(Map.class))
			.allSatisfy((result) -> assertThat(result.get("status")).as(result.toString()).isEqualTo("RECORDED"));
	}

	private Map<String, Object> after(int minutes) {
		return watch("GET_ORDERS", "afterMinutes", minutes);
	}

	private Map<String, Object> usual() {
		return watch("GET_ORDERS", "timesUsual", true);
	}

	private Map<String, Object> watch(String operation, String limit, Object value) {
		String integration = this.owner.run("integrations", Map.of())
			.field("integrations.edges[0].node.id")
			.toEntity(String.class);
		return Map.of("operation", operation, "integrationId", integration, limit, value);
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> create(String name, Map<String, Object> watch, Object... more) {
		Map<String, Object> input = input(more);
		input.put("name", name);
		input.put("eventType", "JOB_OVERDUE");
		input.put("enabled", true);
		input.put("watch", watch);
		input.putIfAbsent("recipients", List.of(this.shop.email("nobody")));
		return (Map<String, Object>) this.shop.mutate("createAlert", input).get("alert");
	}

	private void change(Map<String, Object> alert, Object... fields) {
		Map<String, Object> input = input(fields);
		input.put("id", alert.get("id"));
		input.put("expectedVersion", alert.get("version"));
		this.shop.mutate("updateAlert", input);
	}

	/** Names and values by turns. */
	private static Map<String, Object> input(Object... fields) {
		Map<String, Object> input = new HashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			input.put((String) fields[i], fields[i + 1]);
		}
		return input;
	}

	private List<Map<String, Object>> events() {
		return this.owner.ask("{ platformEvents(type: \"JOB_OVERDUE\") { nodes { id eventId occurredAt payload } } }")
			.field("platformEvents.nodes")
			.getValue();
	}

	private static Object at(Map<String, Object> event, String group, String field) {
		Map<?, ?> payload = (Map<?, ?>) event.get("payload");
		return ((Map<?, ?>) payload.get(group)).get(field);
	}

	/** What was decided about the silence of more than so many minutes. */
	private List<String> verdicts(int afterMinutes) {
		Object id = events().stream()
			.filter((event) -> at(event, "overdue", "afterMinutes").equals(afterMinutes))
			.findFirst()
			.orElseThrow()
			.get("id");
		List<Map<String, Object>> alerts = this.owner
			.ask("query why($id: ID!) { whyNotified(id: $id) { alerts { name verdict } } }", Map.of("id", id))
			.field("whyNotified.alerts")
			.getValue();
		return alerts.stream().map((alert) -> alert.get("name") + " " + alert.get("verdict")).toList();
	}

}
