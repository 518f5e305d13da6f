package dev.belfry.delivery.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;

import dev.belfry.buckets.Buckets;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.caps.DailyCaps;
import dev.belfry.delivery.history.Deliveries;
import dev.belfry.delivery.history.Delivery;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.delivery.outbox.MailMeters;
import dev.belfry.delivery.outbox.MailQueued;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.delivery.relay.Mailer;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.delivery.suppression.UnsubscribeTokens;
import dev.belfry.ids.Seal;
import dev.belfry.loops.TestLoops;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestMail;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.Headroom;
import dev.belfry.work.TestWork;
import reactor.core.publisher.Mono;

/**
 * An outbox on a database of its own, of which no node sends anything but those that a
 * test makes; with a clock that stands still.
 */
final class TestOutbox implements AutoCloseable {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final Topic TOPIC = Topic.global("ORDER_ON_HOLD");

	private final String database = TestDatabase.createDatabase();

	/** Of the database, and of the nodes that a test makes. */
	final DatabaseTime clock = DatabaseTime.of(this.database).standingStillAt(Instant.parse("2026-03-01T10:00:00Z"));

	final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

	final Outbox outbox;

	final SuppressionList suppressions;

	final MailQueue queue;

	final MailMeters meters;

	final Deliveries deliveries;

	final DailyCaps caps;

	private final LocalNode node = LocalNode.start(this.database, "belfry.mail.threads=0",
			"belfry.retention.initial-delay=1h", "spring.main.sources=" + TestAccounts.class.getName());

	private final int dailyCap;

	private Consumer<MailQueued> listener = (queued) -> {
	};

	TestOutbox(int dailyCap) {
		this.dailyCap = dailyCap;
		AccountDatabase accounts = this.node.bean(AccountDatabase.class);
		SystemDatabase system = this.node.bean(SystemDatabase.class);
		Seal seal = this.node.bean(Seal.class);
		this.meters = new MailMeters(system, this.metrics, settings(dailyCap, 8, Duration.ofSeconds(1)),
				TestLoops.create());
		this.outbox = new Outbox(accounts, seal, settings(dailyCap, 8, Duration.ofSeconds(1)), this.meters,
				(event) -> this.listener.accept((MailQueued) event));
		this.suppressions = new SuppressionList(accounts, seal);
		this.queue = new MailQueue(system, accounts, this.node.bean(Buckets.class));
		CountDownLatch gained = new CountDownLatch(1);
		this.queue.join(gained::countDown);
		Awaitility.await().atMost(TIMEOUT).until(() -> gained.getCount() == 0);
		this.caps = new DailyCaps(accounts, system, settings(dailyCap, 8, Duration.ofSeconds(1)));
		this.deliveries = new Deliveries(accounts, settings(dailyCap, 8, Duration.ofSeconds(1)), (event) -> {
		});
	}

	static OutboxSettings settings(int dailyCap, int threads, Duration pollInterval) {
		return new OutboxSettings("Belfry <mail@belfry.example>", dailyCap, threads, pollInterval, Duration.ofDays(4),
				Duration.ofMinutes(10), Duration.ofSeconds(15), Duration.ofSeconds(5));
	}

	<T> T bean(Class<T> type) {
		return this.node.bean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.node.bean(name, type);
	}

	void listen(Consumer<MailQueued> listener) {
		this.listener = listener;
	}

	/** Nothing is left of other tests, but their accounts. */
	void clear() {
		execute("truncate delivery, mail_suppression, stopped_topic, mail_day cascade");
	}

	void execute(String sql) {
		TestDatabase.execute(this.database, sql);
	}

	String database() {
		return this.database;
	}

	AccountId account() {
		return bean(TestAccounts.class).create();
	}

	Sender sender(Mailer mailer, int threads) {
		return sender(mailer, threads, this.clock);
	}

	Sender sender(Mailer mailer, int threads, Clock clock) {
		return sender(mailer, threads, TestWork.plentyOfHeadroom(), clock);
	}

	Sender sender(Mailer mailer, int threads, Headroom headroom) {
		return sender(mailer, threads, headroom, this.clock);
	}

	private Sender sender(Mailer mailer, int threads, Headroom headroom, Clock clock) {
		return new Sender(this.queue, mailer, bean(UnsubscribeTokens.class), this.meters,
				settings(this.dailyCap, threads, Duration.ofHours(1)), headroom, clock);
	}

	/** Queues an e-mail to each address. */
	List<Long> queue(AccountId account, String... addresses) {
		return queue(account, TOPIC, addresses);
	}

	List<Long> queue(AccountId account, Topic topic, String[] addresses) {
		return wait(this.outbox.queue(account,
				List.of(addresses)
					.stream()
					.map((address) -> TestMail.email(topic, address, this.clock.instant()))
					.toList()));
	}

	/** Queues a number of e-mails to people of one domain. */
	List<Long> backlog(AccountId account, String domain, int number) {
		return queue(account,
				IntStream.range(0, number).mapToObj((i) -> "person-" + i + "@" + domain).toArray(String[]::new));
	}

	/** Lets a sender send what it can take now, and what that makes room for. */
	int drain(Sender sender) {
		sender.tick();
		int sent = 0;
		List<ClaimedEmail> mails = new ArrayList<>(sender.take());
		while (!mails.isEmpty()) {
			mails.forEach((mail) -> send(sender, mail));
			sent += mails.size();
			mails = new ArrayList<>(sender.take());
		}
		return sent;
	}

	/** Makes one attempt and records what came of it. */
	static void send(Sender sender, ClaimedEmail mail) {
		sender.record(List.of(sender.send(mail)));
	}

	Delivery delivery(AccountId account, long deliveryId) {
		return wait(this.deliveries.one(account, deliveryId));
	}

	List<DeliveryState> states(AccountId account) {
		return wait(
				bean(AccountDatabase.class).all(
						account,
						Query.of("select state from delivery where account_id = $1 order by delivery_id",
								(row) -> DeliveryState.valueOf(Rows.text(row, "state"))))
					.collectList());
	}

	/** All that the database has of an account's e-mails, as text. */
	String rows(AccountId account) {
		return wait(bean(AccountDatabase.class).one(account, Query
			.of("""
					select coalesce((select json_agg(d)::text from delivery d where d.account_id = $1), '')
					  || coalesce((select json_agg(a)::text from delivery_attempt a where a.account_id = $1), '')
					  || coalesce((select json_agg(s)::text from mail_suppression s where s.account_id = $1), '') as rows""",
					(row) -> Rows.text(row, "rows"))));
	}

	static <T> T wait(Mono<T> work) {
		return work.block(TIMEOUT);
	}

	@Override
	public void close() {
		this.node.close();
		this.clock.close();
	}

}
