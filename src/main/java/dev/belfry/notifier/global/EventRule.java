package dev.belfry.notifier.global;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.notifier.entries.Entry;

/**
 * A global notification about events of a type. Texts have the values of fields in place
 * of their paths in braces.
 *
 * @param due which of the events it is about
 * @param lead what has happened, in a sentence
 * @param facts the fields that an e-mail lists
 * @param tables the lists that an e-mail shows
 * @param advice what to do about it
 * @param several what many of them are called, for example "source invoices imported"
 * @param columns the fields that an e-mail about many shows of each
 */
public record EventRule(GlobalNotification notification, Predicate<EventText> due, String subject, String lead,
		List<String> facts, List<String> tables, String advice, String several,
		List<String> columns) implements GlobalRule {

	public static final String GATHERED = "These came in quick succession, so they come in one e-mail.";

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
		EventText text = new EventText(((Entry.Event) entry).event(), formats);
		List<Table> tables = new ArrayList<>();
		for (String path : this.tables) {
			Table table = text.table(path);
			if (table != null) {
				tables.add(table);
			}
		}
		return new MailContent(text.fill(this.subject), text.fill(this.subject), List.of(text.fill(this.lead)),
				text.facts(this.facts), tables, List.of(this.advice));
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		String subject = formats.number(all) + " " + this.several;
		List<EventText> events = shown.stream()
			.map((entry) -> new EventText(((Entry.Event) entry).event(), formats))
			.toList();
		return new MailContent(subject, subject, List.of(GATHERED), List.of(), List.of(table(events, all)),
				List.of(this.advice));
	}

	private Table table(List<EventText> events, int all) {
		List<String> labels = events.isEmpty() ? List.of()
				: this.columns.stream().map((path) -> events.get(0).label(path)).toList();
		List<List<String>> rows = events.stream()
			.map((event) -> Stream.concat(Stream.of(event.time()), this.columns.stream().map(event::value)).toList())
			.toList();
		return new Table("", Stream.concat(Stream.of("When"), labels.stream()).toList(), rows, all - rows.size());
	}

}
