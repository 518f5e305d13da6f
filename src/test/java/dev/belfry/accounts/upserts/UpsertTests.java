package dev.belfry.accounts.upserts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestTokens;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

@BelfryTest
class UpsertTests {

	@LocalServerPort
	private int port;

	private final String account = "shop-" + UUID.randomUUID();

	private BelfryClient platform;

	@BeforeEach
	void connect() {
		this.platform = new BelfryClient(this.port, TestTokens.platform());
	}

	@Test
	void createsAnAccountWithDefaults() {
		Map<String, Object> result = accounts(account("First")).get(0);

		assertThat(result).containsEntry("status", "CREATED").containsEntry("externalId", this.account);
		assertThat(value(result, "account")).containsEntry("name", "First")
			.containsEntry("timeZone", "UTC")
			.containsEntry("locale", "en-US")
			.containsEntry("retentionDays", 400);
	}

	@Test
	void changesWhatIsGivenAndKeepsTheRest() {
		accounts(with(account("First"), "timeZone", "Europe/Berlin", "locale", "de-de"));

		Map<String, Object> changed = accounts(with(account("Second"), "retentionDays", 30)).get(0);
		Map<String, Object> unchanged = accounts(account("Second")).get(0);

		assertThat(changed).containsEntry("status", "UPDATED");
		assertThat(value(changed, "account")).containsEntry("name", "Second")
			.containsEntry("timeZone", "Europe/Berlin")
			.containsEntry("locale", "de-DE")
			.containsEntry("retentionDays", 30);
		assertThat(unchanged).containsEntry("status", "UNCHANGED");
	}

	@Test
	void forgetsWhatItRememberedOfAChangedAccount() {
		accounts(account("First"));
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.account));
		assertThat(name(owner)).isEqualTo("First");

		accounts(account("Second"));

		assertThat(name(owner)).isEqualTo("Second");
	}

	@Test
	void keepsGoodItemsAndReportsBadOnesByIndex() {
		List<Map<String, Object>> results = accounts(account("Good"), Map.of("externalId", "", "name", "x".repeat(256)),
				account("Again"), with(Map.of("externalId", "bad-" + this.account, "name", "a\0b"), "timeZone",
						"Mars/Base", "locale", "not a tag", "retentionDays", 3651));

		assertThat(results).extracting((result) -> result.get("status"))
			.containsExactly("CREATED", "REJECTED", "REJECTED", "REJECTED");
		assertThat(errors(results.get(1))).containsExactly("REQUIRED [accounts, 1, externalId]",
				"TOO_LONG [accounts, 1, name]");
		assertThat(errors(results.get(2))).containsExactly("REPEATED [accounts, 2, externalId]");
		assertThat(errors(results.get(3))).containsExactly("INVALID [accounts, 3, name]",
				"INVALID [accounts, 3, timeZone]", "INVALID [accounts, 3, locale]",
				"OUT_OF_RANGE [accounts, 3, retentionDays]");
	}

	@Test
	void refusesExternalIdsThatLookLikeOthers() {
		List<Map<String, Object>> results = accounts(Map.of("externalId", this.account + " ", "name", "Shop"),
				Map.of("externalId", "\u200b" + this.account, "name", "Shop"));

		assertThat(errors(results.get(0))).containsExactly("INVALID [accounts, 0, externalId]");
		assertThat(errors(results.get(1))).containsExactly("INVALID [accounts, 1, externalId]");
	}

	@Test
	void refusesNoItemsAndTooMany() {
		List<Map<String, Object>> many = IntStream.range(0, 501)
			.mapToObj((i) -> Map.<String, Object>of("externalId", "many-" + i, "name", "x"))
			.toList();

		for (List<Map<String, Object>> items : List.of(List.<Map<String, Object>>of(), many)) {
			ClientGraphQlResponse answer = this.platform.run("upsertAccounts",
					Map.of("input", Map.of("accounts", items)));

			assertThat(answer.getErrors().get(0).getExtensions()).containsEntry("code", "BAD_USER_INPUT")
				.containsEntry("field", List.of("input", "accounts"));
		}
	}

	@Test
	void createsUsersWhoseBellsHaveStarted() {
		accounts(account("Shop"));

		Map<String, Object> result = users(null, Map.of("externalId", "ann", "name", "Ann", "role", "OWNER")).get(0);

		assertThat(result).containsEntry("status", "CREATED");
		assertThat(value(result, "user")).containsEntry("role", "OWNER").containsEntry("timeZone", "UTC");
		BelfryClient ann = new BelfryClient(this.port, TestTokens.user(this.account, "ann", "notifications:read"));
		assertThat(ann.bell().unseenCount()).isZero();
	}

	@Test
	void keepsWhatIsAbsentOfAUser() {
		accounts(account("Shop"));
		users(null, Map.of("externalId", "ann", "name", "Ann", "email", "ann@shop.example", "role", "OWNER"));

		Map<String, Object> kept = users(null, Map.of("externalId", "ann", "name", "Anna")).get(0);

		assertThat(kept).containsEntry("status", "UPDATED");
		assertThat(value(kept, "user")).containsEntry("name", "Anna")
			.containsEntry("email", "ann@shop.example")
			.containsEntry("role", "OWNER");
	}

	@Test
	void clearsWhatIsNullOfAUser() {
		accounts(with(account("Shop"), "timeZone", "Europe/Berlin", "locale", "de-DE"));
		Map<String, Object> ann = Map.of("externalId", "ann", "name", "Ann");
		users(null, with(ann, "email", "ann@shop.example", "timeZone", "Asia/Tokyo", "locale", "ja-JP"));

		Map<String, Object> cleared = users(null, with(ann, "email", null, "timeZone", null, "locale", null)).get(0);
		Map<String, Object> unchanged = users(null, with(ann, "email", null, "timeZone", null, "locale", null)).get(0);

		assertThat(cleared).containsEntry("status", "UPDATED");
		assertThat(value(cleared, "user")).containsEntry("email", null)
			.containsEntry("timeZone", "Europe/Berlin")
			.containsEntry("locale", "de-DE");
		assertThat(unchanged).containsEntry("status", "UNCHANGED");
	}

	@Test
	void clearsWhatIsNullOfAnAccount() {
		accounts(with(account("Shop"), "timeZone", "Europe/Berlin", "locale", "de-DE"));

		Map<String, Object> cleared = accounts(with(account("Shop"), "timeZone", null, "locale", null)).get(0);

		assertThat(cleared).containsEntry("status", "UPDATED");
		assertThat(value(cleared, "account")).containsEntry("timeZone", "UTC").containsEntry("locale", "en-US");
	}

	@Test
	void keepsRoleAndRetentionThoughTheyAreNull() {
		accounts(with(account("Shop"), "retentionDays", 30));
		Map<String, Object> ann = Map.of("externalId", "ann", "name", "Ann");
		users(null, with(ann, "role", "OWNER"));

		Map<String, Object> account = accounts(with(account("Shop"), "retentionDays", null)).get(0);
		Map<String, Object> user = users(null, with(ann, "role", null)).get(0);

		assertThat(account).containsEntry("status", "UNCHANGED");
		assertThat(value(account, "account")).containsEntry("retentionDays", 30);
		assertThat(user).containsEntry("status", "UNCHANGED");
		assertThat(value(user, "user")).containsEntry("role", "OWNER");
	}

	@Test
	void takesNullForTheDefaultOfWhatIsNew() {
		Map<String, Object> account = accounts(
				with(account("Shop"), "timeZone", null, "locale", null, "retentionDays", null))
			.get(0);
		Map<String, Object> user = users(null, with(Map.of("externalId", "ann", "name", "Ann"), "email", null, "role",
				null, "timeZone", null, "locale", null))
			.get(0);

		assertThat(value(account, "account")).containsEntry("timeZone", "UTC")
			.containsEntry("locale", "en-US")
			.containsEntry("retentionDays", 400);
		assertThat(value(user, "user")).containsEntry("email", null)
			.containsEntry("role", "MEMBER")
			.containsEntry("timeZone", "UTC")
			.containsEntry("locale", "en-US");
	}

	@Test
	void refusesNullForAName() {
		ClientGraphQlResponse refused = this.platform.run("upsertUsers", Map.of("input",
				Map.of("account", this.account, "users", List.of(with(Map.of("externalId", "ann"), "name", null)))));

		assertThat(refused.getErrors().get(0).getExtensions()).containsEntry("code", "GRAPHQL_VALIDATION_FAILED");
	}

	@Test
	void bringsNothingBackByClaimsThatWasCleared() {
		accounts(account("Shop"));
		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.account));
		assertThat(email(owner)).isEqualTo("owner@shop.example");

		users(null, with(Map.of("externalId", "owner", "name", "Owner"), "email", null));

		assertThat(email(new BelfryClient(this.port, TestTokens.owner(this.account)))).isNull();
	}

	@Test
	void doesNotOverwriteAKnownUserByClaims() {
		accounts(account("Shop"));
		users(null, Map.of("externalId", "owner", "name", "The Owner", "role", "OWNER"));

		BelfryClient owner = new BelfryClient(this.port, TestTokens.owner(this.account));
		Object user = owner.ask("{ viewer { user { name role email } } }").field("viewer.user").toEntity(Map.class);

		assertThat(user).isEqualTo(with(Map.of("name", "The Owner", "role", "OWNER"), "email", null));
	}

	@Test
	void saysThatAnAccountIsNotKnown() {
		ClientGraphQlResponse answer = this.platform.run("upsertUsers", Map.of("input",
				Map.of("account", "nobody", "users", List.of(Map.of("externalId", "ann", "name", "Ann")))));

		assertThat(errors(answer.field("upsertUsers").toEntity(Map.class))).containsExactly("NOT_FOUND [account]");
	}

	@Test
	void doesARepeatedCallWithAKeyOnce() {
		accounts("key-1-" + this.account, account("First"));
		accounts(account("Second"));

		Map<String, Object> again = accounts("key-1-" + this.account, account("First")).get(0);

		assertThat(again).containsEntry("status", "UNCHANGED");
		assertThat(value(again, "account")).containsEntry("name", "Second");
	}

	@Test
	void refusesAKeyThatCameWithAnotherInput() {
		accounts("key-2-" + this.account, account("First"));

		ClientGraphQlResponse answer = upsert("key-2-" + this.account, account("Second"));

		assertThat(errors(answer.field("upsertAccounts").toEntity(Map.class)))
			.containsExactly("IDEMPOTENCY_CONFLICT [idempotencyKey]");
	}

	@Test
	void letsABatchBeMendedUnderItsKey() {
		String key = "key-3-" + this.account;
		String other = "other-" + this.account;
		Map<String, Object> bad = with(Map.of("externalId", other, "name", "Other"), "timeZone", "Mars/Base");
		Map<String, Object> mended = with(bad, "timeZone", "Europe/Berlin");
		assertThat(statuses(accounts(key, account("First"), bad))).containsExactly("CREATED", "REJECTED");
		accounts(account("Second"));

		List<Map<String, Object>> whole = accounts(key, account("First"), mended);
		List<Map<String, Object>> again = accounts(key, mended);

		assertThat(statuses(whole)).containsExactly("UNCHANGED", "CREATED");
		assertThat(value(whole.get(0), "account")).containsEntry("name", "Second");
		assertThat(value(whole.get(1), "account")).containsEntry("timeZone", "Europe/Berlin");
		assertThat(statuses(again)).containsExactly("UNCHANGED");
		assertThat(errors(upsert(key, account("Third"), mended).field("upsertAccounts").toEntity(Map.class)))
			.containsExactly("IDEMPOTENCY_CONFLICT [idempotencyKey]");
	}

	@Test
	void letsABatchOfUsersBeMendedUnderItsKey() {
		accounts(account("Shop"));
		Map<String, Object> ann = Map.of("externalId", "ann", "name", "Ann", "email", "ann@shop.example");
		Map<String, Object> ben = Map.of("externalId", "ben", "name", "Ben", "email", "no address");
		assertThat(statuses(users("key", ann, ben))).containsExactly("CREATED", "REJECTED");
		users(null, with(ann, "email", "anna@shop.example"));

		List<Map<String, Object>> mended = users("key", ann, with(ben, "email", "ben@shop.example"));

		assertThat(statuses(mended)).containsExactly("UNCHANGED", "CREATED");
		assertThat(value(mended.get(0), "user")).containsEntry("email", "anna@shop.example");
	}

	@Test
	void letsConcurrentCallsWithOneKeyHaveOneEffect() {
		List<String> states = Flux.range(0, 8)
			.flatMap((i) -> this.platform.send("upsertAccounts",
					Map.of("input",
							Map.of("accounts", List.of(account("First")), "idempotencyKey", "k" + this.account))))
			.map((answer) -> answer.field("upsertAccounts.results[0].status").toEntity(String.class))
			.collectList()
			.block(BelfryClient.TIMEOUT);

		assertThat(states).containsOnlyOnce("CREATED").filteredOn("UNCHANGED"::equals).hasSize(7);
	}

	@Test
	void refusesWhoeverIsNotThePlatform() {
		accounts(account("Shop"));
		BelfryClient owner = new BelfryClient(this.port, TestTokens.user(this.account, "ann", "accounts:write"));

		ClientGraphQlResponse answer = owner.run("upsertAccounts",
				Map.of("input", Map.of("accounts", List.of(account("Mine")))));

		assertThat(answer.getErrors().get(0).getExtensions()).containsEntry("code", "FORBIDDEN");
		assertThat(accounts(account("Shop")).get(0)).containsEntry("status", "UNCHANGED");
	}

	private static String email(BelfryClient client) {
		return client.ask("{ viewer { user { email } } }").field("viewer.user.email").toEntity(String.class);
	}

	private static List<Object> statuses(List<Map<String, Object>> results) {
		return results.stream().map((result) -> result.get("status")).toList();
	}

	private static String name(BelfryClient client) {
		return client.ask("{ viewer { account { name } } }").field("viewer.account.name").toEntity(String.class);
	}

	private Map<String, Object> account(String name) {
		return Map.of("externalId", this.account, "name", name);
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private List<Map<String, Object>> accounts(Map<String, Object>... items) {
		return results(upsert(null, items), "upsertAccounts");
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private List<Map<String, Object>> accounts(String key, Map<String, Object>... items) {
		return results(upsert(key, items), "upsertAccounts");
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private ClientGraphQlResponse upsert(String key, Map<String, Object>... items) {
		return this.platform.run("upsertAccounts",
				Map.of("input", with(Map.of("accounts", Arrays.asList(items)), "idempotencyKey", key)));
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private List<Map<String, Object>> users(String key, Map<String, Object>... items) {
		return results(
				this.platform.run("upsertUsers", Map.of("input",
						with(Map.of("account", this.account, "users", Arrays.asList(items)), "idempotencyKey", key))),
				"upsertUsers");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> results(ClientGraphQlResponse answer, String field) {
		assertThat(answer.getErrors()).isEmpty();
		return (List<Map<String, Object>>) answer.field(field).toEntity(Map.class).get("results");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> value(Map<String, Object> result, String field) {
		return (Map<String, Object>) result.get(field);
	}

	@SuppressWarnings("unchecked")
	private static List<String> errors(Map<?, ?> result) {
		List<String> errors = new ArrayList<>();
		((List<Map<String, Object>>) result.get("userErrors"))
			.forEach((error) -> errors.add(error.get("code") + " " + error.get("field")));
		return errors;
	}

	private static Map<String, Object> with(Map<String, Object> values, Object... more) {
		Map<String, Object> all = new HashMap<>(values);
		for (int i = 0; i < more.length; i += 2) {
			all.put((String) more[i], more[i + 1]);
		}
		return all;
	}

}
