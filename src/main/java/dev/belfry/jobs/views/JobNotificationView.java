package dev.belfry.jobs.views;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.Operation;
import dev.belfry.graphql.relay.OfAccount;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.viewer.AccountId;

/** An entry of the log as the schema shows it. */
public record JobNotificationView(JobNotification entry, LogReader reader, Together<JobNotification> together,
		JobViews views) implements OfAccount {

	@Override
	public AccountId account() {
		return this.reader.account();
	}

	public String id() {
		return this.views.ids().encode(Ids.Kind.JOB_NOTIFICATION, account(), this.entry.position());
	}

	public String cursor() {
		return this.views.cursor(account(), this.entry.position());
	}

	/** The operation under the name it had when this was recorded. */
	public Operation operation() {
		Operation known = Operations.named(this.entry.job().operation());
		return new Operation(known.key(), this.entry.operationName(), known.noun(), known.counts());
	}

	public String operationName() {
		return this.entry.operationName();
	}

	public String integrationName() {
		return this.entry.job().integrationName();
	}

	public String originName() {
		return this.entry.job().originName();
	}

	public JobOutcome outcome() {
		return this.entry.job().outcome();
	}

	public String summary() {
		return this.entry.summary();
	}

	public List<Count> counts() {
		Operation operation = Operations.named(this.entry.job().operation());
		Map<String, Long> values = this.entry.job().counts();
		return Operations.inOrder(operation, values.keySet())
			.stream()
			.map((name) -> new Count(name, Operations.label(operation, name), values.getOrDefault(name, 0L)))
			.toList();
	}

	public int messageCount() {
		return this.entry.messageCount();
	}

	public Instant startedAt() {
		return this.entry.job().startedAt();
	}

	public Instant finishedAt() {
		return this.entry.job().finishedAt();
	}

	public Instant recordedAt() {
		return this.entry.recordedAt();
	}

	public String runId() {
		return this.entry.job().runId();
	}

	/** One number that the job reported. */
	public record Count(String name, String label, long value) {
	}

}
