package dev.belfry.notifier.emails;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.ids.Ids;
import dev.belfry.notifier.emails.AlertEditor.Edit;
import dev.belfry.notifier.emails.AlertEditor.Known;
import dev.belfry.notifier.emails.OrderPublisher.Published;
import dev.belfry.notifier.emails.StoredAlerts.Match;
import dev.belfry.notifier.emails.StoredAlerts.Order;
import dev.belfry.notifier.emails.StoredAlerts.Told;
import dev.belfry.notifier.emails.StoredAlerts.Version;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Several edit the alerts of a new account while several publish, at two nodes. */
final class AlertEditsUnderLoad {

	private static final Logger log = LoggerFactory.getLogger(AlertEditsUnderLoad.class);

	/** Long enough on a machine that is busy otherwise. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ALERTS = 3;

	private static final int EDITORS = 3;

	private static final int EDITS = 25;

	private static final int PUBLISHERS = 3;

	private static final int CALLS = 25;

	/** Questions of one account that a node answers. */
	private static final int AT_ONCE = 8;

	private static final Query<Long> UNDONE = Query.number("""
			select (p.event_end - p.event_position)
			  + (select count(*) from noise_window w where w.account_id = $1 and w.folded > 0)
			  + (select count(*) from delivery d where d.account_id = $1 and d.state not in ('SENT', 'CANCELLED'))
			from notifier_progress p where p.account_id = $1""");

	private static final Query<String> EVALUATED = Query.of("""
			select alert_id || ' ' || version || ' ' || position || ' ' || addresses || coalesce(error, '') as evaluated
			from alert_evaluation where account_id = $1""", (row) -> Rows.text(row, "evaluated"));

	/** How many orders were held against a version that was not the newest any more. */
	private static final Query<Long> LATE = Query.number("""
			select count(*) from alert_evaluation e join alert_version v on v.account_id = e.account_id
			  and v.alert_id = e.alert_id and v.version = e.version + 1 and v.changed_at < e.evaluated_at
			where e.account_id = $1""");

	/** What an e-mail that tells of many lists is in the second column of its table. */
	private static final Query<Queued> QUEUED = Query.of(
			"""
					select split_part(topic, ':', 2)::bigint as alert_id, alert_version, address, content ->> 'subject' as subject,
					       message_id, state, case when entries = 1 then array[content ->> 'subject'] else
					         array(select r ->> 1 from jsonb_array_elements(content #> '{tables,0,rows}') r) end as lines
					from written_delivery where account_id = $1""",
			(row) -> new Queued(
					new Told(Rows.number(row, "alert_id"), Rows.get(row, "alert_version", Integer.class),
							Rows.text(row, "address"), Rows.text(row, "subject"),
							Arrays.asList(Rows.get(row, "lines", String[].class))),
					Rows.text(row, "message_id"), Rows.text(row, "state")));

	private final TwoNodes nodes;

	private final MailedAccount shop;

	private final AccountDatabase database;

	private final Ids ids;

	private final long seed;

	private final List<Edit> edits = new ArrayList<>();

	private final List<Published> published = new ArrayList<>();

	AlertEditsUnderLoad(TwoNodes nodes, long seed) {
		this.nodes = nodes;
		this.shop = nodes.open();
		this.database = nodes.bean(AccountDatabase.class);
		this.ids = nodes.bean(Ids.class);
		this.seed = seed;
	}

	/** Returns when all is evaluated and sent. */
	void run() {
		AtomicReferenceArray<Known> alerts = new AtomicReferenceArray<>(ALERTS);
		List<AlertEditor> editors = IntStream.range(0, EDITORS).mapToObj((i) -> editor(alerts, i)).toList();
		IntStream.range(0, ALERTS).forEach(editors.get(0)::create);
		List<CompletableFuture<List<Edit>>> editing = editors.stream()
			.map((editor) -> meanwhile(() -> editor.edit(EDITS)))
			.toList();
		List<CompletableFuture<List<Published>>> publishing = IntStream.range(0, PUBLISHERS)
			.mapToObj((i) -> meanwhile(() -> publisher(i).publish(CALLS)))
			.toList();
		editing.forEach((work) -> this.edits.addAll(work.join()));
		publishing.forEach((work) -> this.published.addAll(work.join()));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.database.one(this.shop.id(), UNDONE).block(BelfryClient.TIMEOUT) == 0);
	}

	private AlertEditor editor(AtomicReferenceArray<Known> alerts, int number) {
		return new AlertEditor(this.shop, this.shop.owner(this.nodes.port(number)), alerts, random(number));
	}

	/** The first sends each call to both nodes at the same time. */
	private OrderPublisher publisher(int number) {
		List<BelfryClient> platforms = IntStream.range(number, (number == 0) ? 2 : number + 1)
			.mapToObj((i) -> new BelfryClient(this.nodes.port(i), TestTokens.platform()))
			.toList();
		return new OrderPublisher(this.shop.name(), platforms, random(EDITORS + number));
	}

	private SplittableRandom random(int actor) {
		return new SplittableRandom(this.seed * 100 + actor);
	}

	private static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, (task) -> new Thread(task).start());
	}

	/**
	 * What was answered before an edit was sent is of before it, and what was sent after
	 * its answer is of it, or of one that came later still.
	 */
	void assertEditsTakeEffectBetweenCallAndAnswer() {
		StoredAlerts stored = stored();
		Map<String, Order> orders = new HashMap<>();
		stored.orders().forEach((order) -> orders.put(order.eventId(), order));
		List<String> wrong = new ArrayList<>();
		int before = 0;
		int after = 0;
		for (Edit edit : this.edits) {
			for (Published each : this.published) {
				int version = stored.inForce(number(edit.alert()), orders.get(each.eventId()))
					.map(Version::number)
					.orElse(0);
				if (edit.answeredAt() < each.sentAt()) {
					after++;
					if (version < edit.version()) {
						wrong.add(each + " is under version " + version + ", after " + edit);
					}
				}
				else if (each.answeredAt() < edit.sentAt() && edit.made()) {
					before++;
					if (version >= edit.version()) {
						wrong.add(each + " is under version " + version + ", before " + edit);
					}
				}
			}
		}
		assertThat(wrong).as(toString()).isEmpty();
		assertThat(before).isPositive();
		assertThat(after).isPositive();
	}

	/** Each order is held against the versions of its commit, once. */
	void assertEvaluatedOnce() {
		StoredAlerts stored = stored();
		List<Match> matches = stored.matches();
		assertThat(all(EVALUATED)).as(toString())
			.containsExactlyInAnyOrderElementsOf(matches.stream()
				.map((match) -> match.version().alertId() + " " + match.version().number() + " "
						+ match.order().position() + " " + match.version().addresses().size())
				.toList());
		long late = this.database.one(this.shop.id(), LATE).block(BelfryClient.TIMEOUT);
		log.info("{}: {} versions, {} orders, {} matches, {} of them after the next edit", this,
				stored.versions().size(), stored.orders().size(), matches.size(), late);
		assertThat(late).as("orders that were looked at after the next edit").isPositive();
	}

	/** What may not have been sent was of an alert that was switched off meanwhile. */
	void assertTold(Duration window) {
		StoredAlerts stored = stored();
		List<Queued> queued = all(QUEUED);
		assertThat(queued.stream().map(Queued::told)).as(toString())
			.containsExactlyInAnyOrderElementsOf(stored.told(window));
		assertThat(queued).as(toString())
			.allMatch((mail) -> mail.isSent() || stored.endsAfter(mail.told().alertId(), mail.told().version()));
		assertThat(this.shop.mails().stream().map(ReceivedMail::messageId)).as(toString())
			.containsExactlyInAnyOrderElementsOf(
					queued.stream().filter(Queued::isSent).map(Queued::messageId).toList());
		Map<String, Told> told = new HashMap<>();
		queued.forEach((mail) -> told.put(mail.messageId(), mail.told()));
		assertThat(this.shop.mails()).as(toString()).allSatisfy((mail) -> {
			assertThat(mail.address()).isEqualTo(told.get(mail.messageId()).address());
			assertThat(mail.subject()).isEqualTo(told.get(mail.messageId()).subject());
			assertThat((mail.subject() + " " + mail.text()).replaceAll("\\s+", " "))
				.contains(told.get(mail.messageId()).lines());
		});
	}

	/** The owner is shown the same. */
	void assertShown() {
		StoredAlerts stored = stored();
		Flux.fromIterable(stored.orders())
			.flatMap(
					(order) -> shown(order).doOnNext((shown) -> assertThat(shown).as("%s: %s", this, order)
						.containsExactlyElementsOf(
								stored.on(order).stream().map((version) -> expected(version, order)).toList())),
					AT_ONCE)
			.blockLast(PATIENCE);
	}

	private Mono<List<Shown>> shown(Order order) {
		String id = this.ids.encode(Ids.Kind.PLATFORM_EVENT, this.shop.id(), order.position());
		return this.shop.owner().send("whyNotified", Map.of("id", id)).map(AlertEditsUnderLoad::shown);
	}

	private static List<Shown> shown(ClientGraphQlResponse answer) {
		return answer.field("whyNotified.alerts")
			.toEntityList(ShownAlert.class)
			.stream()
			.map((alert) -> new Shown(alert.alertId(), alert.version(), alert.verdict(),
					alert.emails().stream().map(ShownEmail::address).sorted().toList()))
			.toList();
	}

	private Shown expected(Version version, Order order) {
		boolean matches = order.total() > version.above();
		return new Shown(this.ids.encode(Ids.Kind.ALERT, this.shop.id(), version.alertId()), version.number(),
				matches ? "NOTIFIED" : "NOT_CONCERNED",
				matches ? version.addresses().stream().sorted().toList() : List.of());
	}

	private StoredAlerts stored() {
		return StoredAlerts.of(this.database, this.shop.id());
	}

	private long number(String alert) {
		return this.ids.decode(Ids.Kind.ALERT, this.shop.id(), alert);
	}

	private <T> List<T> all(Query<T> query) {
		return this.database.all(this.shop.id(), query).collectList().block(BelfryClient.TIMEOUT);
	}

	@Override
	public String toString() {
		return "seed " + this.seed;
	}

	/** An e-mail in the outbox. */
	private record Queued(Told told, String messageId, String state) {

		boolean isSent() {
			return this.state.equals("SENT");
		}

	}

	/** An alert that was on for an order, as the owner is shown it. */
	private record Shown(String alert, int version, String verdict, List<String> addresses) {
	}

	private record ShownAlert(String alertId, int version, String verdict, List<ShownEmail> emails) {
	}

	private record ShownEmail(String address) {
	}

}
