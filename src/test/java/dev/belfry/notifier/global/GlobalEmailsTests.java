package dev.belfry.notifier.global;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.Formats;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.viewer.AccountStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The e-mails of all global notifications, of one entry and of many, as people get them.
 * What they say is in {@code src/main/resources/mail}; whoever changes it changes
 * {@code src/test/resources/global-emails.txt} as well, which shows all of it at once.
 */
class GlobalEmailsTests {

	private static final Instant AT = Instant.parse("2026-03-01T14:05:00Z");

	private static final Formats AMERICAN = new Formats(
			new AccountStyle("Northwind", ZoneId.of("America/Chicago"), Locale.US));

	private static final Formats GERMAN = new Formats(
			new AccountStyle("Hafen", ZoneId.of("Europe/Berlin"), Locale.GERMANY));

	private static final List<JobMessage> MESSAGES = List.of(
			new JobMessage(MessageSeverity.ERROR, "The price is not a number.", "AS-2207"),
			new JobMessage(MessageSeverity.INFO, "Started late.", null));

	@Test
	void sayWhatTheyAreToSay() throws IOException {
		String all = GlobalRules.all().stream().map(GlobalEmailsTests::emails).collect(Collectors.joining("\n"));

		assertThat(all).isEqualToNormalizingNewlines(
				new ClassPathResource("global-emails.txt").getContentAsString(StandardCharsets.UTF_8));
	}

	private static String emails(GlobalRule rule) {
		Entry entry = entry(rule);
		return "==== " + rule.type() + "\n" + written(rule.one(entry, MESSAGES, AMERICAN)) + "---- in German formats\n"
				+ written(rule.one(entry, List.of(), GERMAN)) + "---- of many\n"
				+ written(rule.many(List.of(entry, entry), 1_200, AMERICAN));
	}

	private static Entry entry(GlobalRule rule) {
		if (rule instanceof EventRule) {
			String type = rule.notification().eventType();
			return new Entry.Event(new PlatformEvent(1, "event-1", type, AT, AT, 1, EventTypes.named(type).sample()));
		}
		return new Entry.Job(new RecordedJob(
				new JobNotification(1, 1, 1, 2, AT, 2, "Get Inventory Primary", "1,204 products imported, 2 failed",
						new Job("run-40217", "GET_INVENTORY_PRIMARY", OriginKind.SOURCE, "Alpine Supply", "Alpine EDI",
								JobOutcome.COMPLETED_WITH_ERRORS, AT.minusSeconds(42), AT,
								Map.of("imported", 1_204L, "failed", 2L))),
				1, null));
	}

	private static String written(MailContent mail) {
		StringBuilder text = new StringBuilder();
		text.append("Subject: ").append(mail.subject()).append("\n# ").append(mail.headline()).append("\n");
		mail.paragraphs().forEach((paragraph) -> text.append(paragraph).append("\n"));
		mail.facts().forEach((fact) -> text.append(fact.label()).append(": ").append(fact.value()).append("\n"));
		mail.tables().forEach((table) -> {
			text.append("| ").append(table.title()).append("\n");
			text.append("| ").append(String.join(" | ", table.columns())).append("\n");
			table.rows().forEach((row) -> text.append("| ").append(String.join(" | ", row)).append("\n"));
			text.append("| left out: ").append(table.leftOut()).append("\n");
		});
		mail.notes().forEach((note) -> text.append(note).append("\n"));
		return text.toString();
	}

}
