package dev.belfry.notifier;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import io.r2dbc.postgresql.codec.Json;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.accounts.AccountDatabase;
import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Query;
import dev.belfry.accounts.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.Events;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random settings, completions, events, stops and lost turns against a simple model that
 * looks at what was logged, afterwards and all at once.
 */
@BelfryTest
@TestPropertySource(
		properties = { "belfry.notifier.window=1s", "belfry.notifier.poll-interval=100ms", "belfry.mail.threads=0" })
class NotifierModelTests {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	private static final JsonMapper JSON = new JsonMapper();

	private static final Map<String, String> TYPES = Map.of("PRICE_UPDATED", "PRODUCT_PRICE_CHANGED", "ORDER_HELD",
			"ORDER_ON_HOLD", "FAILED", "JOB_FAILED", "COMPLETED_WITH_ERRORS", "JOB_COMPLETED_WITH_ERRORS");

	private static final Query<Told> TOLD = Query.of(
			"select topic, address, entries from delivery where account_id = $1 order by delivery_id",
			(row) -> new Told(Rows.text(row, "topic"), Rows.text(row, "address"),
					Rows.get(row, "entries", Integer.class)));

	private static final Query<Logged> JOBS = Query.of(
			"select outcome as kind, recorded_at, rules_version from job_notification where account_id = $1 order by position",
			NotifierModelTests::logged);

	private static final Query<Logged> EVENTS = Query.of(
			"select type as kind, recorded_at, rules_version from platform_event where account_id = $1 order by position",
			NotifierModelTests::logged);

	private static final Query<Map.Entry<Long, JsonNode>> SETTINGS = Query.of(
			"""
					select rules_version, jsonb_build_object('default', default_email, 'toggles', global_notifications) as settings
					from settings_version where account_id = $1""",
			(row) -> Map.entry(Rows.number(row, "rules_version"),
					JSON.readTree(Rows.get(row, "settings", Json.class).asArray())));

	private static final Query<Long> UNDONE = Query.number("""
			select (l.job_position - coalesce(n.job_position, 0)) + (l.event_position - coalesce(n.event_position, 0))
			  + (select count(*) from noise_window w where w.account_id = $1 and w.folded > 0)
			from account_log l left join notifier n on n.account_id = l.account_id where l.account_id = $1""");

	/** Another node has the account, and dies. */
	private static final Query<Long> LOSE_TURN = Query.number("""
			insert into notifier as n (account_id, turn, leased_by, leased_until)
			values ($1, 1, 'other', clock_timestamp() + interval '200 ms')
			on conflict (account_id) do update
			set turn = n.turn + 1, leased_by = excluded.leased_by, leased_until = excluded.leased_until
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
	void queuesWhatASimpleModelExpects(long seed) {
		AccountId account = this.accounts.create(this.name);
		Random random = new Random(seed);
		for (int i = 0; i < 60; i++) {
			act(account, random);
		}
		Awaitility.await()
			.atMost(BelfryClient.TIMEOUT)
			.until(() -> this.database.one(account, UNDONE).block(BelfryClient.TIMEOUT) == 0);

		Map<String, List<Integer>> told = new TreeMap<>();
		all(account, TOLD)
			.forEach((mail) -> told.computeIfAbsent(mail.topic() + " " + mail.address(), (key) -> new ArrayList<>())
				.add(mail.entries()));
		assertThat(told).isNotEmpty().isEqualTo(expected(account));
	}

	private void act(AccountId account, Random random) {
		BelfryClient platform = new BelfryClient(this.port, TestTokens.platform());
		switch (random.nextInt(10)) {
			case 0, 1 -> update(random);
			case 2, 3, 4 -> platform.record(this.name, completions(random)).block(BelfryClient.TIMEOUT);
			case 5, 6, 7 -> platform.publish(this.name, events(random)).block(BelfryClient.TIMEOUT);
			case 8 -> this.database.one(account, LOSE_TURN).block(BelfryClient.TIMEOUT);
			default -> {
				this.notifier.stop();
				this.notifier.start();
			}
		}
	}

	private void update(Random random) {
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.name));
		int version = owner.ask("{ notificationSettings { version } }")
			.field("notificationSettings.version")
			.toEntity(Integer.class);
		List<Map<String, Object>> toggles = new ArrayList<>();
		for (String type : TYPES.values().stream().sorted().toList()) {
			if (random.nextBoolean()) {
				toggles
					.add(Map.of("type", type, "enabled", random.nextInt(4) > 0, "overrideEmails", addresses(random)));
			}
		}
		owner.run("updateNotificationSettings", Map.of("input", Map.of("expectedVersion", version, "defaultEmail",
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
			events.add(Events.one("event-" + UUID.randomUUID(),
					List.of("PRICE_UPDATED", "ORDER_HELD", "ORDER_IMPORTED").get(random.nextInt(3))));
		}
		return events;
	}

	/** How many entries each e-mail tells about, by topic and address. */
	private Map<String, List<Integer>> expected(AccountId account) {
		TreeMap<Long, JsonNode> settings = new TreeMap<>();
		all(account, SETTINGS).forEach((version) -> settings.put(version.getKey(), version.getValue()));
		Map<String, List<Instant>> heard = new HashMap<>();
		List<Logged> logged = new ArrayList<>(all(account, JOBS));
		logged.addAll(all(account, EVENTS));
		for (Logged entry : logged) {
			String type = TYPES.get(entry.kind());
			Map.Entry<Long, JsonNode> inForce = settings.floorEntry(entry.rulesVersion());
			if (type != null && inForce != null) {
				addressees(inForce.getValue(), type).forEach(
						(address) -> heard.computeIfAbsent("GLOBAL:" + type + " " + address, (key) -> new ArrayList<>())
							.add(entry.recordedAt()));
			}
		}
		Map<String, List<Integer>> expected = new TreeMap<>();
		heard.forEach((recipient, times) -> expected.put(recipient, mails(times)));
		return expected;
	}

	private static List<String> addressees(JsonNode settings, String type) {
		JsonNode toggle = settings.path("toggles").path(type);
		if (!toggle.path("enabled").asBoolean(false)) {
			return List.of();
		}
		List<String> overrides = new ArrayList<>();
		toggle.path("overrideEmails").forEach((address) -> overrides.add(address.asString()));
		return overrides.isEmpty() ? List.of(settings.path("default").asString()) : overrides;
	}

	/** The first at once, then all of a window at its end, as long as there are any. */
	private static List<Integer> mails(List<Instant> times) {
		List<Integer> mails = new ArrayList<>();
		int next = 0;
		while (next < times.size()) {
			Instant end = times.get(next++).plus(WINDOW);
			mails.add(1);
			int folded = before(end, times, next);
			while (folded > 0) {
				mails.add(folded);
				next += folded;
				end = end.plus(WINDOW);
				folded = before(end, times, next);
			}
		}
		return mails;
	}

	private static int before(Instant end, List<Instant> times, int from) {
		return (int) times.subList(from, times.size()).stream().takeWhile((time) -> time.isBefore(end)).count();
	}

	private <T> List<T> all(AccountId account, Query<T> query) {
		return this.database.all(account, query).collectList().block(BelfryClient.TIMEOUT);
	}

	private static Logged logged(io.r2dbc.spi.Readable row) {
		return new Logged(Rows.text(row, "kind"), Rows.get(row, "recorded_at", OffsetDateTime.class).toInstant(),
				Rows.number(row, "rules_version"));
	}

	/** An entry of a log. */
	private record Logged(String kind, Instant recordedAt, long rulesVersion) {
	}

	/** An e-mail in the outbox. */
	private record Told(String topic, String address, int entries) {
	}

}
