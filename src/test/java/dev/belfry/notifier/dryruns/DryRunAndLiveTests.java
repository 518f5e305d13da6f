package dev.belfry.notifier.dryruns;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.test.context.TestPropertySource;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.events.intake.EventIntake;
import dev.belfry.events.intake.NewEvent;
import dev.belfry.ids.Ids;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random alerts told of random orders by the notifier, and run over the same orders
 * afterwards: the same matches, recipients and e-mails.
 */
@BelfryTest
@TestPropertySource(
		properties = { "belfry.notifier.window=1s", "belfry.notifier.poll-interval=100ms", "belfry.mail.threads=0" })
class DryRunAndLiveTests {

	private static final int ALERTS = 4;

	private static final List<Map<String, Object>> CONDITIONS = List.of(
			TestOrders.test("order.shipping.country", "NOT_EQUALS", "US"),
			TestOrders.test("order.total", "GREATER", new BigDecimal(400)),
			Map.of("any",
					List.of(TestOrders.test("order.shipping.country", "EQUALS", "de"),
							TestOrders.test("order.itemCount", "EQUALS", BigDecimal.ZERO))),
			Map.of("cel", "1 / order.itemCount > 0"));

	private static final List<Map<String, Object>> RECIPIENTS = List.of(Map.of("email", "ann@shop.example"),
			Map.of("email", "ben@shop.example"), Map.of("persona", "B2B_USER"), Map.of("persona", "ACCOUNT_OWNER"),
			Map.of("special", "DEFAULT_EMAIL"));

	private static final Query<Match> MATCHES = Query.of(
			"""
					select e.position, array(
					    select o.address from notification_outcome o
					    where o.account_id = $1 and o.log = e.log and o.position = e.position and o.topic = concat('ALERT:', $2::bigint)
					  ) as addresses
					from alert_evaluation e
					where e.account_id = $1 and e.alert_id = $2 and e.error is null order by e.position""",
			(row) -> Match.of(Rows.number(row, "position"), Arrays.asList(Rows.get(row, "addresses", String[].class))));

	private static final Query<Long> FAILED = Query
		.number("select count(*) from alert_evaluation where account_id = $1 and alert_id = $2 and error is not null");

	private static final Query<Long> UNRESOLVED = Query.number("""
			select coalesce(sum(jsonb_array_length(unresolved)), 0)::bigint from alert_evaluation
			where account_id = $1 and alert_id = $2""");

	private static final Query<Long> MAILS = Query
		.number("select count(*) from delivery where account_id = $1 and topic = concat('ALERT:', $2::bigint)");

	private static final Query<Long> UNDONE = Query.number("""
			select p.event_end - p.event_position
			  + (select count(*) from noise_window w where w.account_id = $1 and w.folded > 0)
			from notifier_progress p where p.account_id = $1""");

	/** Keeps the notifier from the account. */
	private static final Query<Long> PAUSE = Query.number("""
			insert into notifier as n (account_id, not_before) values ($1, 'infinity')
			on conflict (account_id) do update set not_before = 'infinity' returning account_id""");

	private static final Query<Long> RESUME = Query
		.number("update notifier set not_before = null where account_id = $1 returning account_id");

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private EventIntake intake;

	@Autowired
	private Ids ids;

	private final String name = "dry-" + UUID.randomUUID();

	private final Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

	private AccountId account;

	private BelfryClient owner;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void comesToWhatTheNotifierDid(long seed) {
		Random random = new Random(seed);
		this.account = this.accounts.create(this.name);
		this.owner = new BelfryClient(this.port, TestTokens.owner(this.name));
		List<String> alerts = IntStream.range(0, ALERTS).mapToObj((i) -> create("Alert " + i, random)).toList();
		publishHistory(random);
		publishNow(random);
		Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> number(UNDONE) == 0);

		long mails = 0;
		for (String alert : alerts) {
			mails += compare(alert);
		}

		assertThat(mails).isGreaterThan(10);
	}

	/** Answers how many e-mails it were. */
	private long compare(String alert) {
		long number = this.ids.decode(Ids.Kind.ALERT, this.account, alert);
		AlertDryRun dry = dryRun(alert);
		assertThat(dry.firstMatches().stream().map(this::match)).containsExactlyElementsOf(matches(number));
		assertThat(dry.matched()).isEqualTo(dry.firstMatches().size());
		assertThat(dry.failed()).isEqualTo(number(FAILED, number));
		assertThat(dry.unresolved()).isEqualTo(number(UNRESOLVED, number));
		assertThat(dry.mails()).isEqualTo(number(MAILS, number))
			.isEqualTo(dry.days().stream().mapToLong(DryRunDay::mails).sum());
		return dry.mails();
	}

	private String create(String name, Random random) {
		Map<String, Object> input = Map.of("name", name, "eventType", TestOrders.TYPE, "enabled", true, "condition",
				CONDITIONS.get(random.nextInt(CONDITIONS.size())), "recipients", recipients(random));
		ClientGraphQlResponse answer = this.owner.run("createAlert", Map.of("input", input));
		return answer.field("createAlert.alert.id").toEntity(String.class);
	}

	private static List<Map<String, Object>> recipients(Random random) {
		List<Map<String, Object>> recipients = new ArrayList<>();
		recipients.add(RECIPIENTS.get(random.nextInt(RECIPIENTS.size())));
		RECIPIENTS.stream()
			.filter((recipient) -> !recipients.contains(recipient) && random.nextBoolean())
			.forEach(recipients::add);
		return recipients;
	}

	/**
	 * Told afterwards, so the notifier must not see it before all of it is there: its
	 * time has passed already. Some come at the very end of a window.
	 */
	private void publishHistory(Random random) {
		number(PAUSE);
		Instant time = this.start;
		for (int i = 0; i < 12; i++) {
			this.intake.publishAsOf(this.account, orders(random, 3), time).block(BelfryClient.TIMEOUT);
			time = time.plus(Duration.ofMillis(250L * random.nextInt(7)));
		}
		number(RESUME);
	}

	private void publishNow(Random random) {
		for (int i = 0; i < 6; i++) {
			this.intake.publish(this.account, orders(random, 2)).block(BelfryClient.TIMEOUT);
		}
	}

	/** Fewer in all than the fifty matches that a dry run can show. */
	private static List<NewEvent> orders(Random random, int most) {
		return IntStream.rangeClosed(0, random.nextInt(most)).mapToObj((i) -> order(random)).toList();
	}

	private static NewEvent order(Random random) {
		Map<String, Object> order = TestOrders.payload(List.of("US", "FR", "DE").get(random.nextInt(3)),
				300 + 100 * random.nextInt(4), random.nextInt(3));
		List<String> buyers = List.of("bea@shop.example", "Bea@Shop.example", "cem@shop.example", "nonsense");
		int buyer = random.nextInt(buyers.size() + 1);
		Map<String, Object> payload = (buyer < buyers.size()) ? TestOrders.boughtBy(buyers.get(buyer), order)
				: TestOrders.ofNobody(order);
		return NewEvent.of("event-" + UUID.randomUUID(), TestOrders.TYPE, Instant.parse("2026-03-01T09:00:00Z"),
				payload);
	}

	private AlertDryRun dryRun(String alert) {
		Map<String, Object> input = Map.of("alert", Map.of("id", alert), "from", this.start.toString(), "firstMatches",
				50);
		return this.owner.subscribe("dryRunAlert", Map.of("input", input), "dryRunAlert", AlertDryRun.class)
			.blockLast(BelfryClient.TIMEOUT);
	}

	private List<Match> matches(long alertId) {
		return this.database.all(this.account, MATCHES, alertId).collectList().block(BelfryClient.TIMEOUT);
	}

	private Match match(DryRunMatch shown) {
		return Match.of(this.ids.decode(Ids.Kind.PLATFORM_EVENT, this.account, shown.causeId()), shown.recipients());
	}

	private long number(Query<Long> query, Object... parameters) {
		return this.database.one(this.account, query, parameters).block(BelfryClient.TIMEOUT);
	}

	/** An event that matched, and whom it was told to, whatever the spelling. */
	private record Match(long position, List<String> addresses) {

		static Match of(long position, List<String> addresses) {
			return new Match(position, addresses.stream().map(EmailAddress::key).sorted().toList());
		}

	}

}
