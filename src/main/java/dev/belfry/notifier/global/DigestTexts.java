package dev.belfry.notifier.global;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.templates.EmailTexts;

/** What every e-mail about many entries says. */
public final class DigestTexts {

	/** How many they are, for texts that name it. */
	static final EventField ENTRIES = EventField.of(EventFieldType.INTEGER, "entries", "Entries", "How many they are.");

	private static final EmailTexts TEXTS = EmailTexts.of("digest", ENTRIES,
			EventField.text("alert", "Alert", "The name of the alert that matched."));

	private DigestTexts() {
	}

	/** An e-mail about many entries. */
	static MailContent mail(String subject, Table table, List<String> notes, Formats formats) {
		return new MailContent(subject, subject, List.of(TEXTS.write("lead", Map.of(), formats)), List.of(),
				List.of(table), notes);
	}

	/**
	 * An e-mail about many entries that an alert matched.
	 * @param rows of each, when it was and what its own e-mail would have as subject
	 * @param all how many there were
	 */
	public static MailContent ofAlert(String alert, List<List<String>> rows, int all, Formats formats) {
		String subject = TEXTS.write("alert", Map.of("entries", BigDecimal.valueOf(all), "alert", alert), formats);
		List<String> columns = List.of(when(formats), TEXTS.write("what", Map.of(), formats));
		return mail(subject, new Table("", columns, rows, all - rows.size()), List.of(), formats);
	}

	/** Above the times of the entries. */
	static String when(Formats formats) {
		return TEXTS.write("when", Map.of(), formats);
	}

	static Map<String, BigDecimal> entries(int all) {
		return Map.of("entries", BigDecimal.valueOf(all));
	}

}
