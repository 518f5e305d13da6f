package dev.belfry.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;

import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.settings.SettingsForm.Answer;
import dev.belfry.settings.SettingsForm.Shown;
import dev.belfry.testing.BelfryClient;
import dev.belfry.testing.BelfryTest;
import dev.belfry.testing.Http;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

/** What an account is told of, and where (promises 29 and 30). */
@BelfryTest
class NotificationSettingsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private TestAccounts accounts;

	private final String name = "settings-" + UUID.randomUUID();

	private SettingsForm form;

	@BeforeEach
	void openForm() {
		this.accounts.create(this.name);
		this.form = new SettingsForm(new BelfryClient(this.port, TestTokens.owner(this.name)));
	}

	@Test
	void hasEverythingOffAtFirst() {
		Shown settings = this.form.read();

		assertThat(settings.version()).isZero();
		assertThat(settings.defaultEmail()).isNull();
		assertThat(settings.globalNotifications()).extracting(SettingsForm.Notification::type)
			.containsExactlyElementsOf(GlobalNotifications.all().stream().map(GlobalNotification::type).toList());
		assertThat(settings.on()).isEmpty();
		assertThat(settings.globalNotifications())
			.allMatch((toggle) -> toggle.overrideEmails().isEmpty() && toggle.recipients().isEmpty());
	}

	@Test
	void describesEachNotification() {
		Map<?, ?> first = this.form.client()
			.run("notificationSettings", Map.of())
			.field("notificationSettings.globalNotifications[7]")
			.toEntity(Map.class);

		assertThat(first.get("title")).isEqualTo("Source Invoice Cost of Goods Mismatch");
		assertThat(first.get("purpose")).isEqualTo("INVESTIGATION");
		assertThat(first.get("description")).asString().endsWith(".");
	}

	@Test
	void savesTheWholeFormAtOnce() {
		Shown saved = this.form
			.update("defaultEmail", "Ann <ann@shop.example>", "globalNotifications",
					List.of(Map.of("type", "JOB_FAILED", "enabled", true), Map.of("type", "ORDER_ON_HOLD", "enabled",
							true, "overrideEmails", List.of("a@x.com, \"Doe, Jane\" <j@y.com>", "k@z.com"))))
			.saved();

		assertThat(saved.version()).isEqualTo(1);
		assertThat(saved.defaultEmail()).isEqualTo("ann@shop.example");
		assertThat(saved.on()).containsExactly("ORDER_ON_HOLD", "JOB_FAILED");
		assertThat(saved.named("ORDER_ON_HOLD").overrideEmails()).containsExactly("a@x.com", "j@y.com", "k@z.com");
		assertThat(saved.named("ORDER_ON_HOLD").recipients()).containsExactly("a@x.com", "j@y.com", "k@z.com");
		assertThat(saved.named("JOB_FAILED").recipients()).containsExactly("ann@shop.example");
		assertThat(this.form.read()).isEqualTo(saved);
	}

	@Test
	void keepsWhatIsAbsent() {
		this.form.update("defaultEmail", "ann@shop.example", "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "enabled", true, "overrideEmails", List.of("a@x.com"))));

		Shown saved = this.form
			.update("globalNotifications",
					List.of(Map.of("type", "JOB_FAILED", "overrideEmails", List.of("b@x.com")),
							Map.of("type", "ORDER_ON_HOLD", "enabled", true), Map.of("type", "LISTINGS_PUBLISHED")))
			.saved();

		assertThat(saved.defaultEmail()).isEqualTo("ann@shop.example");
		assertThat(saved.on()).containsExactly("ORDER_ON_HOLD", "JOB_FAILED");
		assertThat(saved.named("JOB_FAILED").overrideEmails()).containsExactly("b@x.com");
		assertThat(this.form.update("globalNotifications", null).saved()).isEqualTo(saved);
	}

	@Test
	void clearsAddressesThatAreNull() {
		this.form.update("defaultEmail", "ann@shop.example", "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "overrideEmails", List.of("a@x.com")),
						Map.of("type", "ORDER_ON_HOLD", "overrideEmails", List.of("a@x.com")),
						Map.of("type", "LISTINGS_PUBLISHED", "overrideEmails", List.of("a@x.com"))));

		Shown saved = this.form.update("defaultEmail", null, "globalNotifications",
				List.of(SettingsForm.input("type", "JOB_FAILED", "overrideEmails", null),
						Map.of("type", "ORDER_ON_HOLD", "overrideEmails", List.of()),
						Map.of("type", "LISTINGS_PUBLISHED", "overrideEmails", List.of(" , ", ""))))
			.saved();

		assertThat(saved.defaultEmail()).isNull();
		assertThat(saved.globalNotifications()).allMatch((toggle) -> toggle.overrideEmails().isEmpty());
	}

	@Test
	void makesNoVersionOfWhatMakesNoDifference() {
		Shown saved = this.form
			.update("defaultEmail", "ann@shop.example", "globalNotifications",
					List.of(Map.of("type", "JOB_FAILED", "enabled", true)))
			.saved();

		assertThat(this.form.update("defaultEmail", "Ann <ann@shop.example>").saved()).isEqualTo(saved);
		assertThat(this.form.update().saved()).isEqualTo(saved);
		assertThat(this.form.set("JOB_FAILED", true).saved()).isEqualTo(saved);
		assertThat(this.form.set("ORDER_ON_HOLD", false).saved()).isEqualTo(saved);
	}

	@Test
	void refusesAnEnabledToggleWithoutAnAddress() {
		Answer answer = this.form.update("globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "enabled", true),
						Map.of("type", "ORDER_ON_HOLD", "enabled", true, "overrideEmails", List.of()),
						Map.of("type", "LISTINGS_PUBLISHED", "enabled", true, "overrideEmails", List.of("a@x.com"))));

		assertThat(answer.errors()).containsExactlyInAnyOrder("REQUIRED globalNotifications.0.enabled",
				"REQUIRED globalNotifications.1.overrideEmails");
		assertThat(answer.messages())
			.contains("\"Job Failed\" is on and has no address. Give a default e-mail or override e-mails.");
		assertThat(this.form.set("JOB_FAILED", true).errors()).containsExactly("REQUIRED enabled");
		assertThat(answer.notificationSettings()).isEqualTo(this.form.read());
		assertThat(this.form.read().version()).isZero();
	}

	@Test
	void refusesToTakeTheLastAddressFromAnEnabledToggle() {
		Shown before = this.form
			.update("defaultEmail", "ann@shop.example", "globalNotifications",
					List.of(Map.of("type", "JOB_FAILED", "enabled", true),
							Map.of("type", "ORDER_ON_HOLD", "enabled", true), Map.of("type", "LISTINGS_PUBLISHED",
									"enabled", true, "overrideEmails", List.of("a@x.com"))))
			.saved();

		Answer cleared = this.form.update("defaultEmail", null);
		Answer both = this.form.update("defaultEmail", null, "globalNotifications",
				List.of(Map.of("type", "LISTINGS_PUBLISHED", "overrideEmails", List.of()),
						Map.of("type", "ORDER_ON_HOLD", "enabled", false)));

		assertThat(cleared.errors()).containsExactly("REQUIRED defaultEmail");
		assertThat(cleared.messages().get(0)).contains("\"Order On Hold\", \"Job Failed\"").contains("Switch them off");
		assertThat(both.errors()).containsExactlyInAnyOrder("REQUIRED globalNotifications.0.overrideEmails",
				"REQUIRED defaultEmail");
		assertThat(both.messages()).noneMatch((message) -> message.contains("Order On Hold"));
		assertThat(this.form.read()).isEqualTo(before);
	}

	@Test
	void reportsEveryErrorAtOnceAndSavesNothing() {
		Answer answer = this.form.update("defaultEmail", "nobody", "globalNotifications",
				List.of(Map.of("type", "NO_SUCH_THING", "enabled", true),
						SettingsForm.input("type", "JOB_FAILED", "enabled", null),
						Map.of("type", "ORDER_ON_HOLD", "enabled", true, "overrideEmails",
								List.of("a@x.com, b@, \"c\" <d@x.com>, e", "f@", "g@x.com")),
						Map.of("type", "LISTINGS_PUBLISHED", "enabled", true, "overrideEmails", List.of("a@x.com")),
						Map.of("type", "LISTINGS_PUBLISHED", "enabled", false)));

		assertThat(answer.errors()).containsExactly("INVALID defaultEmail", "NOT_FOUND globalNotifications.0.type",
				"REQUIRED globalNotifications.1.enabled", "INVALID globalNotifications.2.overrideEmails.0",
				"INVALID globalNotifications.2.overrideEmails.0", "INVALID globalNotifications.2.overrideEmails.1",
				"REPEATED globalNotifications.4.type");
		assertThat(answer.messages()).contains(
				"Number 2 of the list, \"b@\", is not an e-mail address: the part after the @ is missing.",
				"Number 4 of the list, \"e\", is not an e-mail address: it has no @.",
				"\"f@\" is not an e-mail address: the part after the @ is missing.");
		assertThat(this.form.read().version()).isZero();
	}

	@Test
	void reportsAToggleWithoutAnAddressBesideOtherErrors() {
		Answer answer = this.form.update("globalNotifications", List.of(Map.of("type", "JOB_FAILED", "enabled", true),
				Map.of("type", "ORDER_ON_HOLD", "enabled", true, "overrideEmails", List.of("b@"))));

		assertThat(answer.errors()).containsExactlyInAnyOrder("REQUIRED globalNotifications.0.enabled",
				"INVALID globalNotifications.1.overrideEmails.0");
	}

	@Test
	void takesOneDefaultEmail() {
		assertThat(this.form.update("defaultEmail", "").errors()).containsExactly("REQUIRED defaultEmail");
		assertThat(this.form.update("defaultEmail", " ,").errors()).containsExactly("REQUIRED defaultEmail");
		assertThat(this.form.update("defaultEmail", "a@x.com, b@x.com").errors())
			.containsExactly("INVALID defaultEmail");
		assertThat(this.form.update("defaultEmail", "a@x.com".repeat(10_000)).errors())
			.containsExactly("TOO_LONG defaultEmail");
	}

	@Test
	void takesFiftyAddressesAfterRepetitions() {
		List<String> fifty = IntStream.range(0, 50).mapToObj((i) -> "a" + i + "@x.com").toList();
		List<String> twice = IntStream.range(0, 100)
			.mapToObj((i) -> (i < 50) ? fifty.get(i) : "A" + (i - 50) + "@X.com")
			.toList();

		Shown saved = this.form.update("globalNotifications", List.of(toggle(List.of(String.join(";", twice)))))
			.saved();

		assertThat(saved.named("JOB_FAILED").overrideEmails()).isEqualTo(fifty);
		assertThat(this.form.update("globalNotifications", List.of(toggle(more(fifty, 1)))).errors())
			.containsExactly("TOO_MANY globalNotifications.0.overrideEmails");
		assertThat(this.form.update("globalNotifications", List.of(toggle(Collections.nCopies(201, "x")))).errors())
			.containsExactly("TOO_MANY globalNotifications.0.overrideEmails");
		assertThat(this.form.update("globalNotifications", List.of(toggle(List.of(",".repeat(20_001))))).errors())
			.containsExactly("TOO_LONG globalNotifications.0.overrideEmails");
		assertThat(this.form.read()).isEqualTo(saved);
	}

	@Test
	void refusesMoreTogglesThanThereCouldBe() {
		Http owner = Http.at(this.port).token(TestTokens.owner(this.name));

		Http.Answer answer = owner.run("updateNotificationSettings", Map.of("input", Map.of("expectedVersion", 0,
				"globalNotifications", Collections.nCopies(51, Map.of("type", "JOB_FAILED")))));

		assertThat(answer.code()).isEqualTo("BAD_USER_INPUT");
		assertThat(answer.field()).containsExactly("input", "globalNotifications");
	}

	/** Nothing that nobody sees gets into an address, nor out in a message. */
	@Test
	void refusesHostileAddresses() {
		Http owner = Http.at(this.port).token(TestTokens.owner(this.name));
		for (String hostile : Arrays.asList("a@x.com\u2028Bcc: b@y.com", "a@x.com\u0000", "\ud800@x.com",
				"a\u202e@x.com", "a\u200e@x.com", "a\u0007@x.com", "a@x.com>\u0085<b@y.com", "a@x\ufdfa.com",
				"a".repeat(65) + "@x.com", "a@" + "b".repeat(64) + ".com", "a@x.com\r\nBcc: b@y.com", "a@@x.com")) {
			Http.Answer answer = owner.run("updateNotificationSettings", Map.of("input", Map.of("expectedVersion", 0,
					"defaultEmail", hostile, "globalNotifications", List.of(toggle(List.of(hostile))))));

			assertThat(answer.json().at("/data/updateNotificationSettings/userErrors").valueStream()).as(answer.body())
				.hasSizeGreaterThanOrEqualTo(2)
				.allSatisfy((error) -> assertThat(error.get("code").asString()).isEqualTo("INVALID"))
				.allSatisfy((error) -> assertThat(error.get("message").asString())
					.doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}]")
					.hasSizeLessThan(200));
		}
		assertThat(this.form.read().version()).isZero();
	}

	@Test
	void takesHostileTextForATypeThatNothingHas() {
		Http owner = Http.at(this.port).token(TestTokens.owner(this.name));
		for (String type : List.of("", "\u0000", "\ud800", "job_failed", "x".repeat(100_000))) {
			Http.Answer answer = owner.run("setGlobalNotification",
					Map.of("input", Map.of("type", type, "enabled", true)));

			assertThat(answer.json().at("/data/setGlobalNotification/userErrors/0/code").asString())
				.isEqualTo("NOT_FOUND");
		}
	}

	@Test
	void setsOneToggleOnTopOfWhatIsInForce() {
		this.form.update("defaultEmail", "ann@shop.example", "globalNotifications",
				List.of(toggle(List.of("a@x.com"))));

		Shown saved = this.form.set("JOB_FAILED", true).saved();

		assertThat(saved.version()).isEqualTo(2);
		assertThat(saved.on()).containsExactly("JOB_FAILED");
		assertThat(saved.named("JOB_FAILED").overrideEmails()).containsExactly("a@x.com");
		assertThat(this.form.set("JOB_FAILED", false, "expectedVersion", 2).saved().on()).isEmpty();
	}

	@Test
	void answersAStaleVersionWithWhatIsInForce() {
		Shown newest = this.form.update("defaultEmail", "ann@shop.example").saved();

		Answer update = this.form.updateFor(0, "defaultEmail", "bob@shop.example", "globalNotifications",
				List.of(Map.of("type", "JOB_FAILED", "overrideEmails", List.of("b@"))));
		Answer set = this.form.set("JOB_FAILED", true, "expectedVersion", 7);

		assertThat(update.errors()).containsExactly("CONFLICT expectedVersion",
				"INVALID globalNotifications.0.overrideEmails.0");
		assertThat(set.errors()).containsExactly("CONFLICT expectedVersion");
		assertThat(update.notificationSettings()).isEqualTo(newest);
		assertThat(set.notificationSettings()).isEqualTo(newest);
		assertThat(this.form.read()).isEqualTo(newest);
	}

	@Test
	void doesARepeatedCallWithAKeyOnce() {
		Shown first = this.form.updateFor(0, "defaultEmail", "ann@shop.example", "idempotencyKey", "k").saved();
		Shown second = this.form.updateFor(1, "defaultEmail", "bob@shop.example").saved();

		assertThat(first.version()).isEqualTo(1);
		assertThat(this.form.updateFor(0, "defaultEmail", "ann@shop.example", "idempotencyKey", "k").saved())
			.isEqualTo(second);
		assertThat(this.form.updateFor(0, "defaultEmail", "eve@shop.example", "idempotencyKey", "k").errors())
			.containsExactly("IDEMPOTENCY_CONFLICT idempotencyKey");
		assertThat(this.form.set("JOB_FAILED", true, "idempotencyKey", "k").saved().version()).isEqualTo(3);
		this.form.set("JOB_FAILED", false);
		assertThat(this.form.set("JOB_FAILED", true, "idempotencyKey", "k").saved().on()).isEmpty();
	}

	@Test
	void forgetsTheKeyOfACallThatWasRefused() {
		assertThat(this.form.set("JOB_FAILED", true, "idempotencyKey", "k").errors()).hasSize(1);
		this.form.update("defaultEmail", "ann@shop.example");

		assertThat(this.form.set("JOB_FAILED", true, "idempotencyKey", "k").saved().on()).containsExactly("JOB_FAILED");
	}

	@Test
	void letsAMemberReadButNotWrite() {
		BelfryClient member = new BelfryClient(this.port,
				TestTokens.user(this.name, "mia", "notifications:read notifications:write settings:read"));

		for (Map.Entry<String, Map<String, Object>> mutation : Map
			.<String, Map<String, Object>>of("updateNotificationSettings", Map.of("expectedVersion", 0),
					"setGlobalNotification", Map.of("type", "JOB_FAILED", "enabled", false))
			.entrySet()) {
			ClientGraphQlResponse answer = member.run(mutation.getKey(), Map.of("input", mutation.getValue()));

			assertThat(answer.getErrors().get(0).getExtensions()).containsEntry("code", "FORBIDDEN")
				.containsEntry("scope", "settings:write");
		}
		assertThat(new SettingsForm(member).read().version()).isZero();
	}

	@Test
	void findsSettingsAndNotificationsByTheirIdsForThoseWhoMayReadThem() {
		Shown saved = this.form.update("defaultEmail", "ann@shop.example").saved();
		BelfryClient bell = new BelfryClient(this.port, TestTokens.user(this.name, "ben", "notifications:read"));

		assertThat(node(this.form.client(), saved.id())).containsEntry("__typename", "NotificationSettings")
			.containsEntry("version", 1)
			.containsEntry("defaultEmail", "ann@shop.example");
		assertThat(node(this.form.client(), saved.named("JOB_FAILED").id()))
			.containsEntry("__typename", "GlobalNotification")
			.containsEntry("type", "JOB_FAILED");
		for (String id : List.of(saved.id(), saved.named("JOB_FAILED").id())) {
			assertThat(bell.run("node", Map.of("id", id)).getErrors()).singleElement()
				.satisfies((error) -> assertThat(error.getExtensions()).containsEntry("scope", "settings:read"));
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> node(BelfryClient client, String id) {
		ClientGraphQlResponse answer = client.run("node", Map.of("id", id));
		assertThat(answer.getErrors()).isEmpty();
		return answer.field("node").toEntity(Map.class);
	}

	private static Map<String, Object> toggle(List<String> overrideEmails) {
		return Map.of("type", "JOB_FAILED", "overrideEmails", overrideEmails);
	}

	private static List<String> more(List<String> addresses, int number) {
		return IntStream.range(0, addresses.size() + number)
			.mapToObj((i) -> (i < addresses.size()) ? addresses.get(i) : "more" + i + "@x.com")
			.toList();
	}

}
