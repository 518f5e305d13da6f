package dev.belfry.ids;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Completions;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Each account counts what it has of a kind by itself: 1, 2, 3 … */
@BelfryTest
class CountedIdsTests {

	private static final int TIMES = 20;

	/** How many there are of each kind, and the first and the last number. */
	private static final Query<String> NUMBERS = Query.of("""
			select concat_ws(' ', kind, count(*), min(id), max(id)) as numbers from (
			  select 'user', user_id from account_user where account_id = $1
			  union all select 'origin', origin_id from origin where account_id = $1
			  union all select 'integration', integration_id from integration where account_id = $1
			  union all select 'alert', alert_id from alert where account_id = $1
			  union all select 'list', list_id from recipient_list where account_id = $1
			  union all select 'e-mail', delivery_id from delivery where account_id = $1
			  union all select 'suppression', suppression_id from mail_suppression where account_id = $1
			) numbered (kind, id) group by kind order by kind""", (row) -> Rows.text(row, "numbers"));

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private Outbox outbox;

	@Autowired
	private SuppressionList suppressions;

	@Test
	void countsInEachAccountFromOne() {
		Shop first = shop();
		Shop second = shop();

		Flux.concat(first.fill(0), second.fill(0), first.fill(1)).blockLast(BelfryClient.TIMEOUT);

		assertThat(numbers(second)).containsExactly("alert 1 1 1", "e-mail 2 1 2", "integration 1 1 1", "list 1 1 1",
				"origin 1 1 1", "suppression 1 1 1", "user 3 1 3");
		assertThat(numbers(first)).containsExactly("alert 2 1 2", "e-mail 4 1 4", "integration 2 1 2", "list 2 1 2",
				"origin 2 1 2", "suppression 2 1 2", "user 5 1 5");
	}

	@Test
	void givesEachItsOwnNumberWhoeverElseCreatesMeanwhile() {
		List<Shop> shops = List.of(shop(), shop());

		Flux.range(0, TIMES)
			.flatMap((i) -> Flux.fromIterable(shops).flatMap((shop) -> shop.fill(i)), 2)
			.blockLast(BelfryClient.TIMEOUT);

		assertThat(shops)
			.allSatisfy((shop) -> assertThat(numbers(shop)).containsExactly("alert 20 1 20", "e-mail 40 1 40",
					"integration 20 1 20", "list 20 1 20", "origin 20 1 20", "suppression 20 1 20", "user 41 1 41"));
	}

	@Test
	void takesNoNumberForWhatThereIsAlready() {
		Shop shop = shop();
		shop.fill(0).blockLast(BelfryClient.TIMEOUT);

		shop.again().blockLast(BelfryClient.TIMEOUT);
		shop.fill(1).blockLast(BelfryClient.TIMEOUT);

		assertThat(numbers(shop)).contains("integration 2 1 2", "origin 2 1 2", "suppression 2 1 2", "user 5 1 5");
	}

	private List<String> numbers(Shop shop) {
		return this.database.all(shop.id(), NUMBERS).collectList().block(BelfryClient.TIMEOUT);
	}

	private Shop shop() {
		String name = "counted-" + UUID.randomUUID();
		AccountId id = this.accounts.create(name);
		BelfryClient writer = new BelfryClient(this.port,
				TestTokens.user(name, "owner", TestTokens.ALL_SCOPES + " " + TestTokens.PLATFORM_SCOPES));
		writer.ask("{ viewer { user { id } } }");
		return new Shop(id, writer);
	}

	/**
	 * An account that gets two users and e-mails, and one of everything else, at a time.
	 */
	private final class Shop {

		private final AccountId id;

		private final BelfryClient writer;

		Shop(AccountId id, BelfryClient writer) {
			this.id = id;
			this.writer = writer;
		}

		AccountId id() {
			return this.id;
		}

		Flux<?> fill(int i) {
			return Flux.merge(
					run("createAlert",
							Map.of("name", "Alert " + i, "eventType", "ORDER_IMPORTED", "enabled", true, "recipients",
									List.of(Map.of("email", "ann@shop.example")))),
					run("createRecipientList", Map.of("name", "List " + i, "addresses", List.of())), users(i),
					completion("run-" + i, i), mail(i), suppression(i));
		}

		/** What fill(0) has made. */
		Flux<?> again() {
			return Flux.merge(users(0), completion("again", 0), suppression(0));
		}

		private Mono<?> users(int i) {
			return run("upsertUsers", Map.of("users", List.of(Map.of("externalId", "ann-" + i, "name", "Ann"),
					Map.of("externalId", "ben-" + i, "name", "Ben"))));
		}

		private Mono<?> completion(String run, int i) {
			Map<String, Object> completion = new HashMap<>(Completions.one(run, "SUCCEEDED"));
			completion.put("integration", Map.of("externalId", "shop-" + i, "name", "Shop " + i, "origin",
					Map.of("kind", "CHANNEL", "externalId", "channel-" + i, "name", "Channel " + i)));
			return run("recordJobCompletions", Map.of("completions", List.of(completion)));
		}

		private Mono<?> mail(int i) {
			return CountedIdsTests.this.outbox.queue(this.id, List.of("ann-", "ben-")
				.stream()
				.map((name) -> TestMail.email(Topic.global("JOB_FAILED"), name + i + "@shop.example", TestMail.NEVER))
				.toList());
		}

		private Mono<?> suppression(int i) {
			return CountedIdsTests.this.suppressions
				.suppress(this.id, "cid-" + i + "@shop.example", Topic.global("JOB_FAILED"))
				.thenReturn(i);
		}

		private Mono<ClientGraphQlResponse> run(String operation, Map<String, Object> input) {
			return this.writer.send(operation, Map.of("input", input))
				.doOnNext((answer) -> assertThat(answer.getErrors()).isEmpty());
		}

	}

}
