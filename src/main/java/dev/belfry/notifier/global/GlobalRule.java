package dev.belfry.notifier.global;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.templates.EmailTexts;

/** When a global notification is due, and what its e-mails say. Pure. */
public interface GlobalRule extends EmailWording {

	GlobalNotification notification();

	/** The notification's key. */
	default String type() {
		return notification().type();
	}

	/** Whether it is about entries of this kind, though maybe not about this one. */
	boolean isAboutEntriesLike(Entry entry);

	/** Whether it is about this entry of its log. */
	boolean concerns(Entry entry);

	@Override
	default Topic topic() {
		return notification().topic();
	}

	@Override
	default @Nullable Integer alertVersion(long position) {
		return null;
	}

	@Override
	default String title() {
		return notification().title();
	}

	/** The texts of a notification's e-mails, and the fields that these show. */
	static EmailTexts texts(GlobalNotification notification) {
		return EmailTexts.of(notification.type(), EventTypes.named(notification.eventType()), DigestTexts.ENTRIES);
	}

	static MailContent one(EmailTexts texts, Map<String, ? extends @Nullable Object> values, List<Fact> facts,
			List<Table> tables, Formats formats) {
		String subject = texts.write("subject", values, formats);
		return new MailContent(subject, subject, List.of(texts.write("lead", values, formats)), facts, tables,
				List.of(texts.write("advice", values, formats)));
	}

	static MailContent many(EmailTexts texts, Table table, int all, Formats formats) {
		String subject = texts.write("many", DigestTexts.entries(all), formats);
		return DigestTexts.mail(subject, table, List.of(texts.write("advice", Map.of(), formats)), formats);
	}

}
