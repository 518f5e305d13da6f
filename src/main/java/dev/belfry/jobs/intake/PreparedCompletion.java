package dev.belfry.jobs.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.commerce.Summary;
import dev.belfry.catalog.types.Operation;
import dev.belfry.jobs.filter.CountTest;
import dev.belfry.jobs.filter.SearchWords;
import dev.belfry.jobs.intake.JobCompletion.OriginRef;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Rows;
import dev.belfry.values.JsonBytes;

/**
 * A completion with all that is derived from it before it meets the database.
 *
 * @param words what search finds it by
 * @param json all of it but its place in a batch, with a hash of its input
 */
record PreparedCompletion(JobCompletion completion, String operationName, String summary, Set<String> words,
		byte[] json) {

	/**
	 * Raise it when the input is hashed otherwise: a hash of another version never
	 * equals.
	 */
	private static final String HASH_VERSION = "1:";

	private static final int HASH_BYTES = 16;

	static PreparedCompletion of(JobCompletion completion) {
		Operation operation = Operations.named(completion.operation());
		String summary = summary(operation, completion);
		List<String> texts = new ArrayList<>(List.of(operation.name(), completion.integration().name(),
				completion.integration().origin().name(), summary));
		completion.messages().forEach((message) -> {
			texts.add(message.text());
			if (message.reference() != null) {
				texts.add(message.reference());
			}
		});
		Set<String> words = SearchWords.of(texts);
		Item item = Item.of(completion, operation.name(), summary, terms(words, completion.counts()));
		return new PreparedCompletion(completion, operation.name(), summary, words, JsonBytes.columns(item));
	}

	/** The words and the labels of the counts, one a line, as the database takes them. */
	static String terms(Set<String> words, Map<String, Long> counts) {
		StringBuilder terms = new StringBuilder(String.join("\n", words));
		counts.forEach((name, count) -> terms.append('\n').append(CountTest.label(name, count)));
		return terms.toString();
	}

	/** The entry that it has become. */
	LogEntry entry(Readable row) {
		JobCompletion job = this.completion;
		JobNotification notification = new JobNotification(Rows.number(row, "position"),
				Rows.number(row, "integration_id"), Rows.number(row, "origin_id"), Rows.number(row, "problem_total"),
				job.startedAt(), job.finishedAt(), Rows.instant(row, "recorded_at"), job.messages().size(),
				job.integration().origin().kind(), job.outcome(), job.operation(), this.operationName,
				job.integration().name(), job.integration().origin().name(), job.runId(), this.summary, job.counts());
		return new LogEntry(notification, this.words.toArray(String[]::new));
	}

	private static String summary(Operation operation, JobCompletion completion) {
		return switch (completion.outcome()) {
			case SUCCEEDED -> Summary.ofCounts(operation, completion.counts());
			case COMPLETED_WITH_ERRORS -> Summary.withErrors(operation, completion.counts(), firstError(completion));
			case FAILED -> Summary.failed(operation, completion.counts(), firstError(completion));
		};
	}

	private static @Nullable String firstError(JobCompletion completion) {
		return completion.messages()
			.stream()
			.filter((message) -> message.severity() == MessageSeverity.ERROR)
			.map(JobMessage::text)
			.findFirst()
			.orElse(null);
	}

	/**
	 * A hash of everything that counts as input. Display names do not.
	 */
	private static String hash(JobCompletion completion) {
		OriginRef origin = completion.integration().origin();
		List<Object> parts = new ArrayList<>(List.of(completion.operation(), origin.kind(), origin.externalId(),
				completion.integration().externalId(), completion.outcome(), completion.startedAt(),
				completion.finishedAt()));
		new TreeMap<>(completion.counts()).forEach((name, count) -> parts.addAll(List.of(name, count)));
		completion.messages()
			.forEach((message) -> parts.addAll(List.of(message.severity(), message.text(),
					(message.reference() != null) ? "=" + message.reference() : "")));
		byte[] hash = Arrays.copyOf(Idempotency.digest(parts.toArray()), HASH_BYTES);
		return HASH_VERSION + Base64.getEncoder().withoutPadding().encodeToString(hash);
	}

	/** The SQL type {@code job_completion}. */
	private record Item(String runId, String inputHash, OriginKind originKind, String originExternalId,
			String originName, String integrationExternalId, String integrationName, String operation,
			String operationName, JobOutcome outcome, Instant startedAt, Instant finishedAt, String summary,
			Map<String, Long> counts, String words, List<JobMessage> messages) {

		static Item of(JobCompletion job, String operationName, String summary, String terms) {
			OriginRef origin = job.integration().origin();
			return new Item(job.runId(), hash(job), origin.kind(), origin.externalId(), origin.name(),
					job.integration().externalId(), job.integration().name(), job.operation(), operationName,
					job.outcome(), job.startedAt(), job.finishedAt(), summary, job.counts(), terms, job.messages());
		}

	}

}
