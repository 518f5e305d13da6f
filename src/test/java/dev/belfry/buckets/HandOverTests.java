package dev.belfry.buckets;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.Orders;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of two nodes at work one is killed, frozen or stopped: the other has its accounts soon
 * after its lease, and no e-mail goes out twice. Prints how long after.
 */
@Tag("long")
class HandOverTests {

	private static final int ACCOUNTS = 16;

	private static final Query<Long> MINE = Query
		.number("select count(*) from bucket where work in ('notifier', 'mail') and node_id = $1");

	private static final Query<String> NODES = Query.of("select distinct node_id from worker where work = 'mail'",
			(row) -> Rows.text(row, "node_id"));

	private static final Query<Instant> LEASED_UNTIL = Query.of(
			"select leased_until as until from worker where node_id = $1 and work = 'mail'",
			(row) -> Rows.instant(row, "until"));

	private static final Query<Instant> NOW = Query.of("select clock_timestamp() as now",
			(row) -> Rows.instant(row, "now"));

	private final String url = TestDatabase.createDatabase();

	private final MailRelay relay = new MailRelay();

	private LocalNode intake;

	private ProcessNode going;

	private ProcessNode staying;

	private String goingId;

	private String stayingId;

	@BeforeEach
	void start() {
		this.intake = LocalNode.start(this.url, "belfry.notifier.enabled=false", "belfry.mail.threads=0",
				"spring.main.sources=" + TestAccounts.class.getName());
		this.intake.bean(Buckets.class).stop();
		String[] settings = { "spring.mail.host=127.0.0.1", "spring.mail.port=" + this.relay.port(),
				"belfry.notifier.window=0s", "belfry.notifier.poll-interval=100ms", "belfry.mail.poll-interval=100ms" };
		this.going = ProcessNode.start(this.url, settings);
		this.goingId = this.database().all(NODES).blockFirst();
		this.staying = ProcessNode.start(this.url, settings);
		this.stayingId = this.database().all(NODES).filter((id) -> !id.equals(this.goingId)).blockFirst();
		await().until(() -> mine(this.goingId) == 256 && mine(this.stayingId) == 256);
	}

	@AfterEach
	void stop() throws IOException {
		signal(this.going, "-CONT");
		this.going.close();
		this.staying.close();
		this.intake.close();
		this.relay.close();
	}

	private enum End {

		KILLED, FROZEN, STOPPED

	}

	@ParameterizedTest
	@EnumSource
	void handsOverAndSendsEachEmailOnce(End end) throws IOException {
		List<MailedAccount> accounts = IntStream.range(0, ACCOUNTS).mapToObj((i) -> account()).toList();
		AtomicInteger published = new AtomicInteger();
		Disposable publishing = Flux.interval(Duration.ofMillis(20))
			.onBackpressureDrop()
			.concatMap((tick) -> publish(accounts.get((int) (tick % ACCOUNTS)), published.getAndIncrement()))
			.subscribe();
		await().until(() -> this.relay.messages().size() > 100);

		end(end);
		AtomicReference<Instant> until = new AtomicReference<>(now());
		await().pollInterval(Duration.ofMillis(10)).until(() -> {
			database().one(LEASED_UNTIL, this.goingId).doOnNext(until::set).block();
			return mine(this.stayingId) == 512;
		});
		System.out.printf("%s: taken over %d ms after the end of the lease%n", end,
				Duration.between(until.get(), now()).toMillis());
		int before = published.get();
		await().until(() -> published.get() > before + 100);
		signal(this.going, "-CONT");
		int after = published.get();
		await().until(() -> published.get() > after + 100);
		publishing.dispose();

		await().until(() -> arrived().size() >= published.get() - 1);
		Map<String, Long> arrived = arrived();
		assertThat(arrived).allSatisfy((subject, number) -> assertThat(number).as(subject).isEqualTo(1));
		assertThat(IntStream.range(0, published.get() - 1).mapToObj((i) -> "Order " + i))
			.allSatisfy((subject) -> assertThat(arrived).containsKey(subject));
	}

	private void end(End end) throws IOException {
		switch (end) {
			case KILLED -> this.going.kill();
			case FROZEN -> signal(this.going, "-STOP");
			case STOPPED -> this.going.stop();
		}
	}

	private MailedAccount account() {
		MailedAccount account = new MailedAccount(this.intake.port(), this.intake.bean(TestAccounts.class), this.relay);
		account.createAlert("Any", Orders.TYPE,
				Map.of("test", Map.of("field", "order.shipping.country", "operator", "EQUALS", "value", "FR")),
				"Order {{order.number}}", "x", account.email("ann"));
		return account;
	}

	private Mono<?> publish(MailedAccount account, int number) {
		return account.platform()
			.publish(account.name(),
					List.of(Events.one("event-" + number, Orders.TYPE, Orders.of("" + number, "FR", 1))));
	}

	/** How often each subject arrived. */
	private Map<String, Long> arrived() {
		return this.relay.messages()
			.stream()
			.collect(Collectors.groupingBy(HandOverTests::subject, Collectors.counting()));
	}

	private static String subject(MimeMessage mail) {
		try {
			return mail.getSubject();
		}
		catch (MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long mine(String node) {
		return this.database().one(MINE, node).block();
	}

	private Instant now() {
		return this.database().one(NOW).block();
	}

	private SystemDatabase database() {
		return this.intake.bean(SystemDatabase.class);
	}

	private static void signal(ProcessNode node, String signal) throws IOException {
		new ProcessBuilder("kill", signal, Long.toString(node.pid())).start();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2));
	}

}
