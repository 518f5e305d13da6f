package dev.belfry.notifier.reader;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.notifier.reader.NaiveNotifier.Logged;
import dev.belfry.notifier.reader.NaiveNotifier.Mail;
import dev.belfry.notifier.reader.NaiveNotifier.Version;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random settings and alerts, completions, events, stops and lost turns against a simple
 * model that looks at what was logged, afterwards and all at once.
 */
@BelfryTest
@TestPropertySource(
		properties = { "belfry.notifier.window=1s", "belfry.notifier.poll-interval=100ms", "belfry.mail.threads=0" })
class NotifierModelTests {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	private static final JsonMapper JSON = new JsonMapper();

	/** One that a worker would cancel when it takes it up counts as cancelled. */
	private static final Query<Told> TOLD = Query.of("""
			select topic, address, entries, alert_version, content ->> 'subject' as subject, created_at,
			       state = 'CANCELLED' or exists (
			         select from stopped_topic t where t.account_id = d.account_id and t.topic = d.topic) as cancelled
			from written_delivery d where account_id = $1 order by delivery_id""", NotifierModelTests::told);

	private static final Query<Map.Entry<String, String>> EVALUATIONS = Query.of(
			"""
					select concat_ws(' ', 'ALERT:' || alert_id, log, position) as what,
					       concat('version ', version, case when error is null
					         then concat(' tells ', addresses, ', not ', jsonb_array_length(unresolved)) else ' fails' end) as outcome
					from alert_evaluation where account_id = $1""",
			(row) -> Map.entry(Rows.text(row, "what"), Rows.text(row, "outcome")));

	private static final Query<Logged> JOBS = Query.of("""
			select 'JOBS' as log, position, 'JOB_COMPLETED' as type, outcome as kind, recorded_at, rules_version,
			       jsonb_build_object('job', jsonb_build_object('outcome', outcome)) as payload
			from job_notification where account_id = $1 order by position""", NotifierModelTests::logged);

	private static final Query<Logged> EVENTS = Query.of("""
			select 'EVENTS' as log, position, type, type as kind, recorded_at, rules_version, payload
			from platform_event where account_id = $1 order by position""", NotifierModelTests::logged);

	private static final Query<Map.Entry<Long, JsonNode>> SETTINGS = Query.of(
			"""
					select rules_version, jsonb_build_object('default', default_email, 'toggles', global_notifications) as settings
					from settings_version where account_id = $1""",
			(row) -> Map.entry(Rows.number(row, "rules_version"), json(row, "settings")));

	private static final Query<Version> ALERTS = Query.of("""
			select alert_id, version, rules_version, event_type, enabled and not deleted as on, condition, name,
			       template ->> 'subject' as subject, recipients, changed_at
			from alert_version where account_id = $1""", NotifierModelTests::version);

	private static final Query<Long> UNDONE = Query.number("""
			select (p.job_end - p.job_position) + (p.event_end - p.event_position)
			  + (select count(*) from noise_window w where w.account_id = $1 and w.folded > 0)
			from notifier_progress p where p.account_id = $1""");

	/** Another node has a turn, and dies; the account is set aside for a while. */
	private static final Query<Long> LOSE_TURN = Query.number("""
			insert into notifier as n (account_id, turn, tries, not_before)
			values ($1, 1, 1, clock_timestamp() + $2::text::interval)
			on conflict (account_id) do update set turn = n.turn + 1, tries = 1, not_before = excluded.not_before
			returning account_id""");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Notifier notifier;

	private final String name = "model-" + UUID.randomUUID();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void doesWhatASimpleModelExpects(long seed) {
		doWhatASimpleModelExpects(seed);
	}

	@Tag("long")
	@ParameterizedTest
	@MethodSource
	void doesWhatASimpleModelExpectsOfManySeeds(long seed) {
		doWhatASimpleModelExpects(seed);
	}

	static LongStream doesWhatASimpleModelExpectsOfManySeeds() {
		return LongStream.rangeClosed(5, 50);
	}

	private void doWhatASimpleModelExpects(long seed) {
		AccountId account = createAccount();
		Random random = new Random(seed);
		RandomAlerts alerts = new RandomAlerts(owner(), random);
		for (int i = 0; i < 90; i++) {
			act(account, alerts, random);
		}
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.database.one(account, UNDONE).block(BelfryClient.TIMEOUT) == 0);

		NaiveNotifier model = model(account);
		assertThat(told(account)).isNotEmpty().containsExactlyInAnyOrderEntriesOf(model.mails());
		assertThat(evaluations(account)).isNotEmpty().containsExactlyInAnyOrderEntriesOf(model.evaluations());
		assertThat(all(account, TOLD)).filteredOn(Told::isOfAnAlert)
			.allSatisfy((mail) -> assertThat(mail.cancelled()).as(mail.toString())
				.isEqualTo(model.isCancelled(mail.alertId(), mail.queuedAt())));
	}

	private AccountId createAccount() {
		AccountId account = this.accounts.create(this.name);
		platform().run("upsertUsers", Map.of("input", Map.of("account", this.name, "users",
				List.of(Map.of("externalId", "owner", "name", "Olga", "role", "OWNER", "email", RandomAlerts.OWNER)))));
		return account;
	}

	private void act(AccountId account, RandomAlerts alerts, Random random) {
		switch (random.nextInt(15)) {
			case 0, 1 -> update(random);
			case 2, 3, 4 -> platform().record(this.name, completions(random)).block(BelfryClient.TIMEOUT);
			case 5, 6, 7 -> publish(events(random));
			case 8 -> loseTurn(account, "200 ms");
			case 9, 10, 11 -> alerts.change();
			case 12 -> alerts.lease(false);
			case 13 -> turnOn(account, alerts);
			default -> {
				this.notifier.stop();
				this.notifier.start();
			}
		}
	}

	/**
	 * With no e-mail on its way to the outbox, so that it is certain which were there
	 * before.
	 */
	private void turnOn(AccountId account, RandomAlerts alerts) {
		loseTurn(account, "infinity");
		alerts.lease(true);
		loseTurn(account, "0 ms");
	}

	private void loseTurn(AccountId account, String setAsideFor) {
		this.database.one(account, LOSE_TURN, setAsideFor).block(BelfryClient.TIMEOUT);
	}

	private void publish(List<Map<String, Object>> events) {
		assertThat(platform().publish(this.name, events)
			.block(BelfryClient.TIMEOUT)
			.field("publishEvents.results")
			.toEntityList(Map.class)).allSatisfy((result) -> assertThat(result.get("status")).isEqualTo("RECORDED"));
	}

	private void update(Random random) {
		int version = owner().ask("{ notificationSettings { version } }")
			.field("notificationSettings.version")
			.toEntity(Integer.class);
		List<Map<String, Object>> toggles = new ArrayList<>();
		for (String type : NaiveNotifier.TOGGLES.values().stream().sorted().toList()) {
			if (random.nextBoolean()) {
				toggles
					.add(Map.of("type", type, "enabled", random.nextInt(4) > 0, "overrideEmails", addresses(random)));
			}
		}
		owner().run("updateNotificationSettings", Map.of("input", Map.of("expectedVersion", version, "defaultEmail",
				"default" + random.nextInt(2) + "@shop.example", "globalNotifications", toggles)));
	}

	private static List<String> addresses(Random random) {
		return random.ints(random.nextInt(3), 0, 3)
			.distinct()
			.mapToObj((i) -> "override" + i + "@shop.example")
			.toList();
	}

	private static List<Map<String, Object>> completions(Random random) {
		List<Map<String, Object>> completions = new ArrayList<>();
		for (int i = random.nextInt(6); i >= 0; i--) {
			completions.add(Completions.one("run-" + UUID.randomUUID(),
					List.of("SUCCEEDED", "COMPLETED_WITH_ERRORS", "FAILED").get(random.nextInt(3))));
		}
		return completions;
	}

	private static List<Map<String, Object>> events(Random random) {
		List<Map<String, Object>> events = new ArrayList<>();
		for (int i = random.nextInt(6); i >= 0; i--) {
			String type = List.of("PRICE_UPDATED", "ORDER_HELD", "ORDER_IMPORTED").get(random.nextInt(3));
			events.add(Events.one("event-" + UUID.randomUUID(), type, payload(type, random)));
		}
		return events;
	}

	/** The sample of the type, but for what alerts look at. */
	private static JsonNode payload(String type, Random random) {
		ObjectNode payload = JSON.valueToTree(EventTypes.named(type).sample());
		if (type.equals("PRICE_UPDATED")) {
			payload.withObject("/product").put("newPrice", 10 + 20 * random.nextInt(2));
			return payload;
		}
		payload.withObject("/order").put("itemCount", random.nextInt(3));
		payload.withObject("/order/shipping").put("country", random.nextBoolean() ? "US" : "FR");
		switch (random.nextInt(4)) {
			case 0 -> payload.remove("b2bUser");
			case 1 -> payload.withObject("/b2bUser").put("email", "not an address");
			case 2 -> payload.withObject("/b2bUser").put("email", "Override1@Shop.example");
			default -> payload.withObject("/b2bUser").put("email", "override0@shop.example");
		}
		return payload;
	}

	private NaiveNotifier model(AccountId account) {
		TreeMap<Long, JsonNode> settings = new TreeMap<>();
		all(account, SETTINGS).forEach((version) -> settings.put(version.getKey(), version.getValue()));
		List<Logged> logged = new ArrayList<>(all(account, JOBS));
		logged.addAll(all(account, EVENTS));
		return new NaiveNotifier(WINDOW, settings, all(account, ALERTS), logged);
	}

	/** The e-mails to each recipient, in their order. */
	private Map<String, List<Mail>> told(AccountId account) {
		Map<String, List<Mail>> told = new TreeMap<>();
		all(account, TOLD).forEach(
				(mail) -> told.computeIfAbsent(mail.recipient(), (recipient) -> new ArrayList<>()).add(mail.mail()));
		return told;
	}

	private Map<String, String> evaluations(AccountId account) {
		Map<String, String> evaluations = new TreeMap<>();
		all(account, EVALUATIONS).forEach((each) -> evaluations.put(each.getKey(), each.getValue()));
		return evaluations;
	}

	private BelfryClient owner() {
		return new BelfryClient(this.port, TestTokens.owner(this.name));
	}

	private BelfryClient platform() {
		return new BelfryClient(this.port, TestTokens.platform());
	}

	private <T> List<T> all(AccountId account, Query<T> query) {
		return this.database.all(account, query).collectList().block(BelfryClient.TIMEOUT);
	}

	private static Told told(Readable row) {
		return new Told(Rows.text(row, "topic"), Rows.text(row, "address"), Rows.get(row, "entries", Integer.class),
				row.get("alert_version", Integer.class), Rows.text(row, "subject"), instant(row, "created_at"),
				Rows.get(row, "cancelled", Boolean.class));
	}

	private static Logged logged(Readable row) {
		return new Logged(Rows.text(row, "log"), Rows.number(row, "position"), Rows.text(row, "type"),
				Rows.text(row, "kind"), instant(row, "recorded_at"), Rows.number(row, "rules_version"),
				json(row, "payload"));
	}

	private static Version version(Readable row) {
		return new Version(Rows.number(row, "alert_id"), Rows.get(row, "version", Integer.class),
				Rows.number(row, "rules_version"), Rows.text(row, "event_type"), Rows.get(row, "on", Boolean.class),
				(row.get("condition", Json.class) != null) ? json(row, "condition") : null, Rows.text(row, "name"),
				Rows.text(row, "subject"), json(row, "recipients"), instant(row, "changed_at"));
	}

	private static Instant instant(Readable row, String column) {
		return Rows.get(row, column, OffsetDateTime.class).toInstant();
	}

	private static JsonNode json(Readable row, String column) {
		return JSON.readTree(Rows.get(row, column, Json.class).asArray());
	}

	/** An e-mail in the outbox. */
	private record Told(String topic, String address, int entries, @Nullable Integer version, String subject,
			Instant queuedAt, boolean cancelled) {

		boolean isOfAnAlert() {
			return this.version != null;
		}

		long alertId() {
			return Long.parseLong(this.topic.substring("ALERT:".length()));
		}

		String recipient() {
			return this.topic + " " + NaiveNotifier.key(this.address);
		}

		Mail mail() {
			return new Mail(this.entries, this.version, isOfAnAlert() ? this.subject : null);
		}

	}

}
