package dev.belfry.notifier.global;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.commerce.GlobalNotifications;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.entries.TestEntries;
import dev.belfry.viewer.AccountStyle;

import static org.assertj.core.api.Assertions.assertThat;

class GlobalRulesTests {

	private static final Instant AT = Instant.parse("2026-03-01T14:05:00Z");

	private static final Formats FORMATS = new Formats(
			new AccountStyle("Northwind", ZoneId.of("America/Chicago"), Locale.US));

	@Test
	void hasOneForEveryNotificationOfTheCatalogue() {
		assertThat(GlobalRules.all()).extracting(GlobalRule::notification)
			.containsExactlyElementsOf(GlobalNotifications.all());
	}

	@ParameterizedTest
	@MethodSource("eventRules")
	void tellsWhatTheSampleOfItsEventSays(EventRule rule) {
		Entry entry = sample(rule);
		assertThat(rule.concerns(entry)).isTrue();

		for (MailContent mail : List.of(rule.one(entry, List.of(), FORMATS), rule.many(List.of(entry), 3, FORMATS))) {
			assertThat(mail.toString()).doesNotContain("{").doesNotContain("  ").doesNotContain("null");
			assertThat(mail.subject()).hasSizeBetween(10, 100);
			assertThat(mail.facts().size() + mail.tables().size()).isPositive();
		}
		assertThat(rule.one(entry, List.of(), FORMATS).facts()).hasSameSizeAs(rule.texts().paths("facts"));
	}

	@ParameterizedTest
	@MethodSource("eventRules")
	void saysSomethingOfAnEventWithNothingButWhatIsRequired(EventRule rule) {
		Entry bare = new Entry.Event(event(rule, Map.of()));

		MailContent mail = rule.one(bare, List.of(), FORMATS);

		assertThat(mail.toString()).doesNotContain("{").doesNotContain("null");
		assertThat(mail.facts()).isEmpty();
	}

	@Test
	void tellsTheFiguresOfAMismatch() {
		EventRule rule = (EventRule) named("SOURCE_INVOICE_COST_OF_GOODS_MISMATCH");

		MailContent mail = rule.one(sample(rule), List.of(), FORMATS);

		assertThat(mail.subject()).isEqualTo("Invoice INV-55811 of Alpine Supply differs by $14.35");
		assertThat(mail.paragraphs())
			.containsExactly("Alpine Supply bills $124.75 for goods that should cost $110.40.");
		assertThat(mail.facts()).contains(new Fact("Difference", "$14.35"), new Fact("Order number", "NW-10490"));
		assertThat(mail.tables().get(0).rows()).containsExactly(
				List.of("AS-2207", "Enamel Camping Mug", "7", "$9.20", "$11.25", "$14.35"),
				List.of("AS-3140", "Folding Saw", "4", "$11.50", "$11.50", "$0.00"));
	}

	@Test
	void writesNumbersAndTimesAsTheAccountReadsThem() {
		Formats german = new Formats(new AccountStyle("Hafen", ZoneId.of("Europe/Berlin"), Locale.GERMANY));
		EventRule rule = (EventRule) named("ORDER_ON_HOLD");

		MailContent mail = rule.one(sample(rule), List.of(), german);

		assertThat(mail.facts()).contains(new Fact("Order total", "198,40\u00a0$"),
				new Fact("Held at", "01.03.2026, 15:03 CET"));
	}

	@Test
	void isAboutAQuantityOnlyWhenTheLastPieceIsGone() {
		GlobalRule rule = named("PRODUCT_OUT_OF_STOCK");

		assertThat(rule.concerns(quantity(14, 0))).isTrue();
		assertThat(rule.concerns(quantity(0, 0))).isFalse();
		assertThat(rule.concerns(quantity(14, 1))).isFalse();
	}

	@Test
	void tellsWhatWentWrongInAJob() {
		Entry.Job job = new TestEntries(AT).job(1, 0);
		GlobalRule rule = named("JOB_FAILED");

		MailContent mail = rule.one(job,
				List.of(new JobMessage(MessageSeverity.ERROR, "The access token has expired.", "T-1")), FORMATS);

		assertThat(rule.concerns(job)).isTrue();
		assertThat(mail.subject()).isEqualTo("Get Orders failed: Main shop");
		assertThat(mail.paragraphs()).containsExactly("Failed: the access token has expired.");
		assertThat(mail.tables().get(0).rows()).containsExactly(List.of("The access token has expired.", "T-1"));
		assertThat(named("JOB_COMPLETED_WITH_ERRORS").concerns(job)).isFalse();
	}

	@Test
	void countsWhatAnEmailAboutManyLeavesOut() {
		Entry.Job job = new TestEntries(AT).job(1, 0);

		MailContent mail = named("JOB_FAILED").many(List.of(job, job), 1_200, FORMATS);

		assertThat(mail.subject()).isEqualTo("1,200 jobs failed");
		assertThat(mail.tables().get(0).rows()).hasSize(2);
		assertThat(mail.tables().get(0).leftOut()).isEqualTo(1_198);
	}

	private static GlobalRule named(String type) {
		return Objects.requireNonNull(GlobalRules.named(Topic.global(type)));
	}

	private static List<GlobalRule> eventRules() {
		return GlobalRules.of(LogName.EVENTS);
	}

	private static Entry sample(EventRule rule) {
		return new Entry.Event(event(rule, EventTypes.named(rule.notification().eventType()).sample()));
	}

	private static PlatformEvent event(EventRule rule, Map<String, Object> payload) {
		EventType type = EventTypes.named(rule.notification().eventType());
		return new PlatformEvent(1, "event-1", type.key(), AT, AT, 1, payload);
	}

	private static Entry quantity(int before, int after) {
		return new Entry.Event(new PlatformEvent(1, "event-1", "QUANTITY_UPDATED", AT, AT, 1,
				Map.of("product", Map.of("sku", "A-1", "title", "Mug", "oldQuantity",
						java.math.BigDecimal.valueOf(before), "newQuantity", java.math.BigDecimal.valueOf(after)))));
	}

}
