package dev.belfry.notifier.reader;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.Events;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.Orders;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;

/** What a node has logged itself is evaluated without a poll. */
class NewsTests {

	private static final int EVENTS = 200;

	private static final Query<Long> NOTIFIED = Query
		.number("select coalesce(sum(entries), 0)::bigint from delivery where account_id = $1");

	/** Most of it is logged while the account has a turn. */
	@Test
	void leavesNothingOfWhatIsLoggedDuringATurn() {
		try (LocalNode node = LocalNode.start(TestDatabase.createDatabase(), "belfry.mail.threads=0",
				"belfry.notifier.poll-interval=1h", "belfry.notifier.window=0s",
				"spring.main.sources=" + TestAccounts.class.getName())) {
			AccountId account = node.bean(TestAccounts.class).create("shop");
			node.client(TestTokens.owner("shop"))
				.run("createAlert",
						Map.of("input",
								Map.of("name", "Any", "eventType", Orders.TYPE, "enabled", true, "template",
										Map.of("subject", "Order", "body", "It came."), "recipients",
										List.of(Map.of("email", "ann@shop.example")))));
			BelfryClient platform = node.client(TestTokens.platform());

			Flux.range(0, EVENTS)
				.flatMap((i) -> platform.publish("shop",
						List.of(Events.one("event-" + i, Orders.TYPE, Orders.of("A", "FR", i)))), 4)
				.blockLast(BelfryClient.TIMEOUT);

			Awaitility.await()
				.until(() -> node.bean(AccountDatabase.class)
					.one(account, NOTIFIED)
					.block(BelfryClient.TIMEOUT) == EVENTS);
		}
	}

}
