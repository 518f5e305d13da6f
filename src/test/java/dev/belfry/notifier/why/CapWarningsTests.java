package dev.belfry.notifier.why;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.notifier.emails.TwoNodes;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.MailedAccount;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

class CapWarningsTests {

	private static final String BELL = "bellWarnings";

	@Test
	@SuppressWarnings("rawtypes")
	void tellsTheDefaultEmailAndTheBellsOfOwnersOnceADayThatTheCapIsNear() {
		try (TwoNodes nodes = new TwoNodes(Duration.ofMillis(250))) {
			MailedAccount shop = nodes.open();
			shop.platform()
				.run("upsertAccounts", Map.of("input", Map.of("accounts",
						List.of(Map.of("externalId", shop.name(), "name", "Shop", "dailyEmailCap", 5)))));
			shop.mutate("updateNotificationSettings",
					Map.of("expectedVersion", 0, "defaultEmail", shop.address("boss")));
			List<Map> owner = new CopyOnWriteArrayList<>();
			List<Map> member = new CopyOnWriteArrayList<>();
			Disposable ofOwner = shop.owner(nodes.port(1))
				.subscribe(BELL, Map.of(), "bell", Map.class)
				.subscribe(owner::add);
			Disposable ofMember = new BelfryClient(nodes.port(1),
					TestTokens.user(shop.name(), "mel", TestTokens.ALL_SCOPES))
				.subscribe(BELL, Map.of(), "bell", Map.class)
				.subscribe(member::add);
			Awaitility.await().atMost(BelfryClient.TIMEOUT).until(() -> !owner.isEmpty() && !member.isEmpty());
			assertThat(owner.get(0).get("warnings")).isEqualTo(List.of());

			nodes.bean(Outbox.class)
				.queue(shop.id(), IntStream.range(0, 7)
					.mapToObj(
							(i) -> TestMail.email(Topic.global("ORDER_ON_HOLD"), shop.address("p" + i), Instant.EPOCH))
					.toList())
				.block(BelfryClient.TIMEOUT);

			assertThat(shop.await(6)).extracting((mail) -> mail.name())
				.containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4", "boss");
			Awaitility.await()
				.atMost(BelfryClient.TIMEOUT)
				.untilAsserted(() -> assertThat(owner.get(owner.size() - 1).get("warnings").toString())
					.contains("DAILY_EMAIL_CAP_REACHED", "daily cap of 5 e-mails"));
			assertThat(member).allSatisfy((bell) -> assertThat(bell.get("warnings")).isEqualTo(List.of()));
			assertThat(deliveries(shop, "DAILY_EMAIL_CAP")).hasSize(1)
				.allSatisfy(
						(warning) -> assertThat(warning.get("subject").toString()).startsWith("5 of 5 e-mails of "));
			assertThat(shop.owner().run("dailyEmailCap", Map.of()).field("dailyEmailCap.waiting").toEntity(int.class))
				.isEqualTo(2);
			ofOwner.dispose();
			ofMember.dispose();
		}
	}

	@SuppressWarnings("rawtypes")
	private static List<Map> deliveries(MailedAccount shop, String topic) {
		ClientGraphQlResponse answer = shop.owner()
			.ask("{ deliveries(filter: {topics: [\"" + topic + "\"]}) { nodes { subject } } }");
		return answer.field("deliveries.nodes").toEntityList(Map.class);
	}

}
