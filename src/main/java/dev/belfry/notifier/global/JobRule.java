package dev.belfry.notifier.global;

import java.util.List;
import java.util.function.Predicate;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Operation;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.notifier.entries.Entry;

/**
 * A global notification about completed jobs.
 *
 * @param due which of the jobs it is about
 * @param has what such a job has done, for example "failed"
 * @param advice what to do about it
 * @param several what many of them are called, for example "jobs failed"
 */
public record JobRule(GlobalNotification notification, Predicate<Entry.Job> due, String has, String advice,
		String several) implements GlobalRule {

	private static final int MOST_MESSAGES = 10;

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
		JobNotification job = ((Entry.Job) entry).job().notification();
		String subject = job.operationName() + " " + this.has + ": " + job.integrationName();
		List<Table> tables = new java.util.ArrayList<>();
		if (!job.counts().isEmpty()) {
			tables.add(counts(job, formats));
		}
		if (!messages.isEmpty()) {
			tables.add(messages(messages));
		}
		return new MailContent(subject, subject, List.of(job.summary() + "."), facts(job, formats), tables,
				List.of(this.advice));
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		String subject = formats.number(all) + " " + this.several;
		List<List<String>> rows = shown.stream()
			.map((entry) -> ((Entry.Job) entry).job().notification())
			.map((job) -> List.of(formats.time(job.finishedAt()), job.operationName(), job.integrationName(),
					job.summary()))
			.toList();
		return new MailContent(
				subject, subject, List.of(EventRule.GATHERED), List.of(), List.of(new Table("",
						List.of("When", "Operation", "Integration", "What happened"), rows, all - rows.size())),
				List.of(this.advice));
	}

	private static List<Fact> facts(JobNotification job, Formats formats) {
		return List.of(new Fact("Operation", job.operationName()), new Fact("Integration", job.integrationName()),
				new Fact((job.originKind() == OriginKind.SOURCE) ? "Source" : "Channel", job.originName()),
				new Fact("Outcome", outcome(job.outcome())), new Fact("Started", formats.time(job.startedAt())),
				new Fact("Finished", formats.time(job.finishedAt())), new Fact("Run", job.runId()));
	}

	private static String outcome(JobOutcome outcome) {
		return switch (outcome) {
			case SUCCEEDED -> "Succeeded";
			case COMPLETED_WITH_ERRORS -> "Completed with errors";
			case FAILED -> "Failed";
		};
	}

	private static Table counts(JobNotification job, Formats formats) {
		Operation operation = Operations.named(job.operation());
		List<List<String>> rows = Operations.inOrder(operation, job.counts().keySet())
			.stream()
			.map((name) -> List.of(Operations.label(operation, name),
					formats.number(job.counts().getOrDefault(name, 0L))))
			.toList();
		return new Table("Counts", List.of("What", "How many"), rows, 0);
	}

	private static Table messages(List<JobMessage> messages) {
		List<List<String>> rows = messages.stream()
			.limit(MOST_MESSAGES)
			.map((message) -> List.of(message.text(), (message.reference() != null) ? message.reference() : ""))
			.toList();
		return new Table("Messages", List.of("Message", "Reference"), rows, messages.size() - rows.size());
	}

}
