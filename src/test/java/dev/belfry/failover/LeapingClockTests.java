package dev.belfry.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.store.Query;
import dev.belfry.store.SystemDatabase;
import dev.belfry.testing.Attempts;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Completions;
import dev.belfry.testing.DatabaseTime;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.MailRelay;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.ReceivedMail;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database's clock leaps by chance while two nodes log, evaluate and send. What was
 * acknowledged is logged once and answered in time, each entry is told of once, and each
 * e-mail arrives once.
 */
@Tag("long")
class LeapingClockTests {

	private static final Duration TIME = Duration.ofSeconds(60);

	private static final String LEDGER = "ledger";

	private static final Query<Long> TOLD = Query.number("select coalesce(sum(entries), 0)::bigint from delivery");

	private static final Query<Long> UNSENT = Query.number("select count(*) from delivery where state <> 'SENT'");

	@Test
	void tellsOfEachEntryOnceWhereverTheClockLeaps() {
		String url = TestDatabase.createDatabase();
		Random random = new Random(1);
		try (DatabaseTime time = DatabaseTime.of(url);
				MailRelay relay = new MailRelay();
				LocalNode one = node(url, relay);
				LocalNode two = node(url, relay)) {
			MailedAccount shop = new MailedAccount(one.port(), one.bean(TestAccounts.class), relay);
			shop.mutate("updateNotificationSettings",
					Map.of("expectedVersion", 0, "globalNotifications", List.of(Map.of("type", "JOB_FAILED", "enabled",
							true, "overrideEmails", List.of(shop.address("ann"), shop.address("ben"))))));
			one.bean(TestAccounts.class).create(LEDGER);
			Attempts attempts = Attempts.toRecord(LEDGER, 2, one.port(), two.port());
			long begun = System.nanoTime();
			int logged = 0;
			while (System.nanoTime() - begun < TIME.toNanos()) {
				LocalNode node = random.nextBoolean() ? one : two;
				node.client(TestTokens.platform())
					.record(shop.name(), List.of(Completions.one("run-" + logged++, "FAILED")))
					.block(BelfryClient.TIMEOUT);
				if (random.nextInt(5) == 0) {
					time.move(Duration.ofSeconds(random.nextInt(7_200) - 3_600));
				}
			}
			List<String> acknowledged = attempts.finish();
			SystemDatabase database = one.bean(SystemDatabase.class);
			long told = 2L * logged;

			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> number(database, TOLD) == told && number(database, UNSENT) == 0);

			assertThat(TestDatabase.list(url, Attempts.recordedFor(LEDGER)))
				.containsExactlyInAnyOrderElementsOf(acknowledged)
				.isNotEmpty();
			assertThat(attempts.slowest()).isLessThan(Attempts.LONGEST_ANSWER);
			List<String> arrived = new ArrayList<>(shop.mails().stream().map(ReceivedMail::messageId).toList());
			assertThat(arrived).doesNotHaveDuplicates();
			assertThat((long) arrived.size())
				.isEqualTo(number(database, Query.number("select count(*) from delivery")));
		}
	}

	private static LocalNode node(String url, MailRelay relay) {
		return LocalNode.start(url, "spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.port(),
				"belfry.notifier.window=2s", "spring.main.sources=" + TestAccounts.class.getName());
	}

	private static long number(SystemDatabase database, Query<Long> query) {
		return database.one(query).block(BelfryClient.TIMEOUT);
	}

}
