package dev.belfry.notifier.global;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Operation;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.templates.EmailTexts;

/**
 * A global notification about completed jobs.
 *
 * @param due which of the jobs it is about
 * @param texts what its e-mails say
 */
public record JobRule(GlobalNotification notification, Predicate<Entry.Job> due,
		EmailTexts texts) implements GlobalRule {

	private static final int MOST_MESSAGES = 10;

	private static final EmailTexts LABELS = EmailTexts.of("jobs");

	JobRule(GlobalNotification notification, Predicate<Entry.Job> due) {
		this(notification, due, GlobalRule.texts(notification));
	}

	@Override
	public LogName log() {
		return LogName.JOBS;
	}

	@Override
	public boolean isAboutEntriesLike(Entry entry) {
		return entry instanceof Entry.Job;
	}

	@Override
	public boolean concerns(Entry entry) {
		return entry instanceof Entry.Job job && this.due.test(job);
	}

	@Override
	public MailContent one(Entry entry, List<JobMessage> messages, Formats formats) {
		JobNotification recorded = ((Entry.Job) entry).job().notification();
		List<Table> tables = new ArrayList<>();
		if (!recorded.job().counts().isEmpty()) {
			tables.add(counts(recorded, formats));
		}
		if (!messages.isEmpty()) {
			tables.add(messages(messages, formats));
		}
		return GlobalRule.one(this.texts, values(recorded), facts(recorded, formats), tables, formats);
	}

	/** Those fields of its event that texts name; most completions are no events. */
	private static Map<String, Object> values(JobNotification recorded) {
		return Map.of("job", Map.of("operationName", recorded.operationName(), "integration",
				Map.of("name", recorded.job().integrationName()), "summary", recorded.summary()));
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		List<List<String>> rows = shown.stream()
			.map((entry) -> ((Entry.Job) entry).job().notification())
			.map((recorded) -> List.of(formats.time(recorded.job().finishedAt()), recorded.operationName(),
					recorded.job().integrationName(), recorded.summary()))
			.toList();
		List<String> columns = List.of(DigestTexts.when(formats), label("operation", formats),
				label("integration", formats), label("summary", formats));
		return GlobalRule.many(this.texts, new Table("", columns, rows, all - rows.size()), all, formats);
	}

	private static List<Fact> facts(JobNotification recorded, Formats formats) {
		return List.of(fact("operation", recorded.operationName(), formats),
				fact("integration", recorded.job().integrationName(), formats),
				fact(recorded.job().originKind().name(), recorded.job().originName(), formats),
				fact("outcome", label(recorded.job().outcome().name(), formats), formats),
				fact("started", formats.time(recorded.job().startedAt()), formats),
				fact("finished", formats.time(recorded.job().finishedAt()), formats),
				fact("run", recorded.job().runId(), formats));
	}

	private static Fact fact(String label, String value, Formats formats) {
		return new Fact(label(label, formats), value);
	}

	private static String label(String key, Formats formats) {
		return LABELS.write(key, Map.of(), formats);
	}

	private static Table counts(JobNotification recorded, Formats formats) {
		Operation operation = Operations.named(recorded.job().operation());
		List<List<String>> rows = Operations.inOrder(operation, recorded.job().counts().keySet())
			.stream()
			.map((name) -> List.of(Operations.label(operation, name),
					formats.number(recorded.job().counts().getOrDefault(name, 0L))))
			.toList();
		return new Table(label("counts", formats), List.of(label("count", formats), label("number", formats)), rows, 0);
	}

	private static Table messages(List<JobMessage> messages, Formats formats) {
		List<List<String>> rows = messages.stream()
			.limit(MOST_MESSAGES)
			.map((message) -> List.of(message.text(), (message.reference() != null) ? message.reference() : ""))
			.toList();
		return new Table(label("messages", formats), List.of(label("message", formats), label("reference", formats)),
				rows, messages.size() - rows.size());
	}

}
