package dev.belfry.events.intake;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.belfry.events.intake.EventIntake.Published;
import dev.belfry.events.log.EventLog;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.log.retention.Expiry;
import dev.belfry.log.retention.Retention;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.LargeStatements;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Each event is logged once, at the next position, whoever publishes it how often. */
@BelfryTest
class EventIntakeTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private LargeStatements large;

	@Autowired
	private EventIntake intake;

	@Autowired
	private EventLog log;

	@Autowired
	private Retention retention;

	@Autowired
	private Expiry platformEvents;

	@Autowired
	private Expiry eventIds;

	private final Queue<Object> announced = new ConcurrentLinkedQueue<>();

	private AccountId account;

	@BeforeEach
	void createAccount() {
		this.account = this.accounts.create();
	}

	@Test
	void logsEachEventOnceThoughManyNodesPublishItAtOnce() {
		List<EventIntake> nodes = IntStream.range(0, 4).mapToObj((i) -> node()).toList();
		Random random = new Random(3);
		List<List<NewEvent>> calls = IntStream.range(0, 20)
			.mapToObj((i) -> random.ints(25, 0, 150).mapToObj(EventIntakeTests::event).toList())
			.toList();
		Set<String> ids = new TreeSet<>();
		calls.forEach((call) -> call.forEach((event) -> ids.add(event.eventId())));

		List<Published> results = Flux.range(0, calls.size())
			.flatMap((i) -> nodes.get(i % nodes.size()).publish(this.account, calls.get(i)), calls.size())
			.flatMapIterable((published) -> published)
			.collectList()
			.block(TIMEOUT);

		assertThat(results).hasSize(500).extracting(Published::status).doesNotContain(RecordStatus.REJECTED);
		assertThat(results).filteredOn((result) -> result.status() == RecordStatus.RECORDED).hasSameSizeAs(ids);
		List<PlatformEvent> logged = logged();
		assertThat(logged).extracting(PlatformEvent::position)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, ids.size()).boxed().toList());
		assertThat(logged).extracting(PlatformEvent::eventId).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(logged).extracting(PlatformEvent::recordedAt).isSorted();
	}

	@Test
	void tellsADuplicateFromAnotherInput() {
		List<NewEvent> first = List.of(event(1), event(1), other(1), event(2));

		List<Published> results = publish(first);
		List<Published> again = publish(List.of(event(2), other(2), event(3)));

		assertThat(results).containsExactly(new Published(RecordStatus.RECORDED, 1L),
				new Published(RecordStatus.DUPLICATE, 1L), new Published(RecordStatus.REJECTED, null),
				new Published(RecordStatus.RECORDED, 2L));
		assertThat(again).containsExactly(new Published(RecordStatus.DUPLICATE, 2L),
				new Published(RecordStatus.REJECTED, null), new Published(RecordStatus.RECORDED, 3L));
		assertThat(logged()).hasSize(3);
	}

	@Test
	void takesTheTypeAndTheTimeForInputToo() {
		Map<String, Object> payload = Map.of("a", BigDecimal.ONE);
		Instant time = Instant.parse("2026-03-01T09:00:00Z");
		publish(List.of(NewEvent.of("event", "PRICE_UPDATED", time, payload)));

		List<Published> others = publish(List.of(NewEvent.of("event", "QUANTITY_UPDATED", time, payload),
				NewEvent.of("event", "PRICE_UPDATED", time.plusNanos(1_000), payload)));

		assertThat(others).extracting(Published::status).containsOnly(RecordStatus.REJECTED);
	}

	@Test
	void keepsTheLogOfJobsAndItsPositionsApart() {
		publish(List.of(event(1), event(2)));

		long jobs = this.database
			.one(this.account, Query.number("select job_position from account_log where account_id = $1"))
			.block(TIMEOUT);
		assertThat(jobs).isZero();
	}

	@Test
	void announcesTheEndOfTheLogAfterTheCommit() {
		EventIntake node = node();
		node.publish(this.account, List.of(event(1), event(2))).block(TIMEOUT);
		node.publish(this.account, List.of(event(2))).block(TIMEOUT);

		assertThat(this.announced).containsExactly(new EventsPublished(this.account, 2));
	}

	@Test
	void readsTheLogForwardsInSteps() {
		publish(IntStream.range(0, 10).mapToObj(EventIntakeTests::event).toList());

		assertThat(this.log.after(this.account, 4, 3, Long.MAX_VALUE).block(TIMEOUT))
			.extracting(PlatformEvent::position)
			.containsExactly(5L, 6L, 7L);
		assertThat(this.log.after(this.account, 10, 3, Long.MAX_VALUE).block(TIMEOUT)).isEmpty();
		assertThat(this.log.byPosition(this.account, 7).block(TIMEOUT).eventId()).isEqualTo("event-6");
		assertThat(this.log.byPosition(this.account, 11).block(TIMEOUT)).isNull();
	}

	@Test
	void recordsTheVersionOfTheRulesInForce() {
		publish(List.of(event(1)));
		this.database.one(this.account, Query.number(
				"update account_log set rules_version = rules_version + 1 where account_id = $1 returning rules_version"))
			.block(TIMEOUT);
		publish(List.of(event(2)));

		assertThat(logged()).extracting(PlatformEvent::rulesVersion).containsExactly(0L, 1L);
	}

	@Test
	void removesWhatHasBeenKeptLongEnoughAndRemembersItsIdsLonger() {
		Instant now = Instant.now();
		publishAsOf(now.minus(440, ChronoUnit.DAYS), event(1), event(2));
		publishAsOf(now.minus(410, ChronoUnit.DAYS), event(3));
		publishAsOf(now.minus(390, ChronoUnit.DAYS), event(4), event(5));

		assertThat(remove(this.platformEvents)).isEqualTo(3);
		assertThat(remove(this.eventIds)).isEqualTo(2);

		assertThat(logged()).extracting(PlatformEvent::position).containsExactly(4L, 5L);
		long floor = this.database
			.one(this.account, Query.number("select event_floor from account_log where account_id = $1"))
			.block(TIMEOUT);
		assertThat(floor).isEqualTo(3);
		assertThat(publish(List.of(event(1), event(3), event(4)))).containsExactly(
				new Published(RecordStatus.RECORDED, 6L), new Published(RecordStatus.DUPLICATE, 3L),
				new Published(RecordStatus.DUPLICATE, 4L));
		assertThat(remove(this.platformEvents)).isZero();
	}

	@Test
	void removesALongLogInSteps() {
		List<NewEvent> old = IntStream.range(0, 1_200).mapToObj(EventIntakeTests::event).toList();
		publishAsOf(Instant.now().minus(500, ChronoUnit.DAYS), old.toArray(NewEvent[]::new));
		publish(List.of(event(2_000)));

		assertThat(remove(this.platformEvents)).isEqualTo(1_200);
		assertThat(logged()).extracting(PlatformEvent::position).containsExactly(1_201L);
	}

	private long remove(Expiry expiry) {
		return this.retention.remove(expiry, Instant.now()).block(TIMEOUT);
	}

	private EventIntake node() {
		return new EventIntake(this.database, this.large, this.announced::add);
	}

	private List<Published> publish(List<NewEvent> events) {
		return this.intake.publish(this.account, events).block(TIMEOUT);
	}

	private void publishAsOf(Instant time, NewEvent... events) {
		this.intake.publishAsOf(this.account, List.of(events), time).block(TIMEOUT);
	}

	private List<PlatformEvent> logged() {
		return new ArrayList<>(this.log.after(this.account, 0, 10_000, Long.MAX_VALUE).block(TIMEOUT));
	}

	private static NewEvent event(int number) {
		return NewEvent.of("event-" + number, "QUANTITY_UPDATED", Instant.parse("2026-03-01T09:00:00Z"),
				Map.of("product", Map.of("sku", "SKU-" + number, "newQuantity", BigDecimal.valueOf(number))));
	}

	private static NewEvent other(int number) {
		return NewEvent.of("event-" + number, "QUANTITY_UPDATED", Instant.parse("2026-03-01T09:00:00Z"),
				Map.of("product", Map.of("sku", "other")));
	}

}
