package dev.belfry.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;
import dev.belfry.versions.Timeline;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Settings as they were: who changed what and when, and what was in force. */
@BelfryTest
class SettingsHistoryTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	@Autowired
	private AccountDatabase database;

	@Autowired
	private SettingsVersions versions;

	private final String name = "history-" + UUID.randomUUID();

	private AccountId account;

	private SettingsForm form;

	@BeforeEach
	void openForm() {
		this.account = this.accounts.create(this.name);
		this.form = new SettingsForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void hasNoChangesAtFirst() {
		Changes changes = changes(Map.of());

		assertThat(changes.nodes()).isEmpty();
		assertThat(changes.pageInfo()).isEqualTo(new Page(false, null));
	}

	@Test
	void tellsWhoChangedWhat() {
		this.form.update("defaultEmail", "ann@shop.example", "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "enabled", true),
						Map.of("type", "ORDER_ON_HOLD", "overrideEmails", List.of("a@x.com, \"B\" <b@x.com>"))));
		colleague().set("JOB_FAILED", false);
		this.form.update("globalNotifications",
				List.of(Map.of("type", "ORDER_ON_HOLD", "overrideEmails", List.of("b@x.com"))));

		List<Change> changes = changes(Map.of()).nodes();

		assertThat(changes).extracting(Change::version).containsExactly(3, 2, 1);
		assertThat(changes).extracting(Change::changedBy).containsExactly("owner", "colleague", "owner");
		assertThat(changes).extracting((change) -> change.user().name()).containsExactly("owner", "colleague", "owner");
		assertThat(changes).extracting(Change::changedAt).isSortedAccordingTo(java.util.Comparator.reverseOrder());
		assertThat(changes.get(2).changes()).containsExactly(
				new Difference("DEFAULT_EMAIL", null, "Default e-mail", null, "ann@shop.example"),
				new Difference("OVERRIDE_EMAILS", "ORDER_ON_HOLD", "Order On Hold", null, "a@x.com, b@x.com"),
				new Difference("ENABLED", "JOB_FAILED", "Job Failed", "false", "true"));
		assertThat(changes.get(1).changes())
			.containsExactly(new Difference("ENABLED", "JOB_FAILED", "Job Failed", "true", "false"));
		assertThat(changes.get(0).changes()).containsExactly(
				new Difference("OVERRIDE_EMAILS", "ORDER_ON_HOLD", "Order On Hold", "a@x.com, b@x.com", "b@x.com"));
	}

	@Test
	void keepsTheNameOfOneWhoIsNoLongerThere() {
		colleague().update("defaultEmail", "ann@shop.example");
		this.database.all(this.account, Query.number("""
				delete from account_user where account_id = $1 and external_id = 'colleague' returning user_id"""))
			.blockLast(BelfryClient.TIMEOUT);

		Change change = changes(Map.of()).nodes().get(0);

		assertThat(change.changedBy()).isEqualTo("colleague");
		assertThat(change.user()).isNull();
	}

	@Test
	void forgetsAnErasedAddressInAllVersions() {
		this.form.update("defaultEmail", "Ann@b\u00fccher.example", "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "enabled", true), Map.of("type", "ORDER_ON_HOLD", "enabled", true,
						"overrideEmails", List.of("bob@x.com, ANN@xn--bcher-kva.example, cid@x.com"))));
		this.form.update("globalNotifications",
				List.of(Map.of("type", "ORDER_ON_HOLD", "overrideEmails", List.of("cid@x.com"))));
		int seen = this.form.read().version();

		this.form.client().run("eraseAddress", Map.of("input", Map.of("address", "ann@B\u00dcCHER.example")));

		SettingsForm.Shown now = this.form.read();
		assertThat(now.version()).isEqualTo(seen + 1);
		assertThat(now.defaultEmail()).isNull();
		assertThat(now.on()).containsExactly("ORDER_ON_HOLD", "JOB_FAILED");
		assertThat(now.named("JOB_FAILED").recipients()).isEmpty();
		assertThat(changes(Map.of()).nodes()).extracting(Change::changedBy).containsOnly("owner").hasSize(3);
		List<SettingsVersion> all = this.versions.before(this.account, Long.MAX_VALUE, 10).block(BelfryClient.TIMEOUT);
		assertThat(all.toString()).doesNotContainIgnoringCase("ann@");
		assertThat(all.get(2).addresses("ORDER_ON_HOLD")).containsExactly("bob@x.com", "cid@x.com");
		assertThat(this.form.updateFor(seen, "defaultEmail", "ann@b\u00fccher.example").errors())
			.containsExactly("CONFLICT expectedVersion");
	}

	@Test
	void leavesOtherAddressesAsTheyAreWhenOneIsErased() {
		this.form.update("defaultEmail", "bob@x.com");

		this.form.client().run("eraseAddress", Map.of("input", Map.of("address", "ann@x.com")));

		assertThat(this.form.read().version()).isEqualTo(1);
		assertThat(this.form.read().defaultEmail()).isEqualTo("bob@x.com");
	}

	@Test
	void givesTheChangesByPages() {
		for (int i = 1; i <= 7; i++) {
			this.form.update("defaultEmail", "ann" + i + "@shop.example");
		}
		List<Integer> seen = new ArrayList<>();
		List<String> befores = new ArrayList<>();
		Changes page = changes(Map.of("changes", 3));
		while (true) {
			page.nodes().forEach((change) -> {
				seen.add(change.version());
				befores.add(change.changes().get(0).before());
			});
			if (!page.pageInfo().hasNextPage()) {
				break;
			}
			page = changes(Map.of("changes", 3, "after", page.pageInfo().endCursor()));
		}

		assertThat(seen).containsExactly(7, 6, 5, 4, 3, 2, 1);
		assertThat(befores).containsExactly("ann6@shop.example", "ann5@shop.example", "ann4@shop.example",
				"ann3@shop.example", "ann2@shop.example", "ann1@shop.example", null);
	}

	@Test
	void refusesPagesThatCannotBe() {
		for (int first : List.of(0, -1, 101)) {
			assertRefused(Map.of("changes", first), "BAD_USER_INPUT", "first");
		}
		for (String cursor : List.of("", "garbled", this.form.read().id(), "\u0000")) {
			assertRefused(Map.of("after", cursor), "CURSOR_INVALID", "after");
		}
	}

	@Test
	void knowsWhatWasInForceForEachRulesVersion() {
		this.form.update("defaultEmail", "ann@shop.example");
		raiseRulesVersion();
		raiseRulesVersion();
		this.form.set("JOB_FAILED", true);
		this.form.update("globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "overrideEmails", List.of("a@x.com"))));

		Timeline<SettingsVersion> all = timeline(0, 5);

		assertThat(versions(all, 0, 5)).containsExactly(0, 1, 1, 1, 2, 3);
		assertThat(all.at(3).enabled("JOB_FAILED")).isFalse();
		assertThat(all.at(4).enabled("JOB_FAILED")).isTrue();
		assertThat(all.at(4).addresses("JOB_FAILED")).containsExactly("ann@shop.example");
		assertThat(all.at(5).addresses("JOB_FAILED")).containsExactly("a@x.com");
		for (int from = 0; from <= 5; from++) {
			for (int to = from; to <= 5; to++) {
				assertThat(versions(timeline(from, to), from, to)).isEqualTo(versions(all, from, to));
			}
		}
	}

	@Test
	void answersNothingOutsideOfTheStretchThatWasAskedFor() {
		Timeline<SettingsVersion> timeline = timeline(2, 3);

		assertThat(timeline.at(2)).isEqualTo(SettingsVersion.FIRST);
		assertThatIllegalArgumentException().isThrownBy(() -> timeline.at(1));
		assertThatIllegalArgumentException().isThrownBy(() -> timeline.at(4));
	}

	/** As an edit of other rules does. */
	private void raiseRulesVersion() {
		this.database.one(this.account, Query
			.number("""
					update account_log set rules_version = rules_version + 1 where account_id = $1 returning rules_version"""))
			.block(BelfryClient.TIMEOUT);
	}

	private Timeline<SettingsVersion> timeline(long from, long to) {
		return this.versions.of(this.account, from, to).block(BelfryClient.TIMEOUT);
	}

	private static List<Integer> versions(Timeline<SettingsVersion> timeline, int from, int to) {
		List<Integer> versions = new ArrayList<>();
		for (int rulesVersion = from; rulesVersion <= to; rulesVersion++) {
			versions.add(timeline.at(rulesVersion).version());
		}
		return versions;
	}

	private SettingsForm colleague() {
		return new SettingsForm(
				new BelfryClient(this.port, TestTokens.user(this.name, "colleague", TestTokens.ALL_SCOPES)));
	}

	private Changes changes(Map<String, Object> variables) {
		ClientGraphQlResponse answer = this.form.client().run("notificationSettings", variables);
		assertThat(answer.getErrors()).isEmpty();
		return answer.field("notificationSettings.changes").toEntity(Changes.class);
	}

	private void assertRefused(Map<String, Object> variables, String code, String field) {
		ClientGraphQlResponse answer = this.form.client().run("notificationSettings", variables);
		assertThat(answer.getErrors().get(0).getExtensions()).containsEntry("code", code)
			.containsEntry("field", List.of(field));
	}

	record Changes(List<Change> nodes, Page pageInfo) {
	}

	record Page(boolean hasNextPage, String endCursor) {
	}

	record Change(int version, String changedAt, String changedBy, Person user, List<Difference> changes) {
	}

	record Person(String id, String name) {
	}

	record Difference(String setting, String type, String title, String before, String after) {
	}

}
