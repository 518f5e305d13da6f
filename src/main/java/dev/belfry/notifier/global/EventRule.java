package dev.belfry.notifier.global;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.templates.EmailTexts;

/**
 * A global notification about events of a type.
 *
 * @param due which of the events it is about
 * @param texts what its e-mails say, and which fields they show
 */
public record EventRule(GlobalNotification notification, Predicate<EventText> due,
		EmailTexts texts) implements GlobalRule {

	EventRule(GlobalNotification notification, Predicate<EventText> due) {
		this(notification, due, GlobalRule.texts(notification));
	}

	@Override
	public LogName log() {
		return LogName.EVENTS;
	}

	@Override
	public boolean isAboutEntriesLike(Entry entry) {
		return entry.eventType().equals(this.notification.eventType());
	}

	@Override
	public boolean concerns(Entry entry) {
		return entry instanceof Entry.Event event && isAboutEntriesLike(entry)
				&& this.due.test(new EventText(event.event(), Formats.PLAIN));
	}

	@Override
	public MailContent one(Entry entry, List<JobMessage> messages, Formats formats) {
		PlatformEvent event = ((Entry.Event) entry).event();
		EventText text = new EventText(event, formats);
		List<Table> tables = this.texts.paths("tables").stream().map(text::table).filter(Objects::nonNull).toList();
		return GlobalRule.one(this.texts, event.payload(), text.facts(this.texts.paths("facts")), tables, formats);
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		List<EventText> events = shown.stream()
			.map((entry) -> new EventText(((Entry.Event) entry).event(), formats))
			.toList();
		return GlobalRule.many(this.texts, table(events, all, formats), all, formats);
	}

	private Table table(List<EventText> events, int all, Formats formats) {
		List<String> columns = this.texts.paths("columns");
		List<String> labels = events.isEmpty() ? List.of()
				: columns.stream().map((path) -> events.get(0).label(path)).toList();
		List<List<String>> rows = events.stream()
			.map((event) -> Stream.concat(Stream.of(event.time()), columns.stream().map(event::value)).toList())
			.toList();
		return new Table("", Stream.concat(Stream.of(DigestTexts.when(formats)), labels.stream()).toList(), rows,
				all - rows.size());
	}

}
