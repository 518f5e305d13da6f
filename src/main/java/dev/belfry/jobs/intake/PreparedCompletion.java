package dev.belfry.jobs.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.commerce.Summary;
import dev.belfry.catalog.types.Operation;
import dev.belfry.jobs.filter.CountTest;
import dev.belfry.jobs.filter.SearchWords;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.store.Idempotency;
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
		Job job = completion.job();
		Operation operation = Operations.named(job.operation());
		String summary = summary(operation, completion);
		List<String> texts = new ArrayList<>(
				List.of(operation.name(), job.integrationName(), job.originName(), summary));
		completion.messages().forEach((message) -> {
			texts.add(message.text());
			if (message.reference() != null) {
				texts.add(message.reference());
			}
		});
		Set<String> words = SearchWords.of(texts);
		Item item = new Item(job, hash(completion), completion.originExternalId(), completion.integrationExternalId(),
				operation.name(), summary, terms(words, job.counts()), completion.messages());
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
		return new LogEntry(JobNotification.recorded(row, this.completion.messages().size(), this.operationName,
				this.summary, this.completion.job()), this.words.toArray(String[]::new));
	}

	private static String summary(Operation operation, JobCompletion completion) {
		Job job = completion.job();
		return switch (job.outcome()) {
			case SUCCEEDED -> Summary.ofCounts(operation, job.counts());
			case COMPLETED_WITH_ERRORS -> Summary.withErrors(operation, job.counts(), firstError(completion));
			case FAILED -> Summary.failed(operation, job.counts(), firstError(completion));
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

	private static String hash(JobCompletion completion) {
		List<Object> parts = completion.job().input(completion.originExternalId(), completion.integrationExternalId());
		completion.messages()
			.forEach((message) -> parts.addAll(List.of(message.severity(), message.text(),
					(message.reference() != null) ? "=" + message.reference() : "")));
		byte[] hash = Arrays.copyOf(Idempotency.digest(parts.toArray()), HASH_BYTES);
		return HASH_VERSION + Base64.getEncoder().withoutPadding().encodeToString(hash);
	}

	/** The SQL type {@code job_completion}. */
	private record Item(@JsonUnwrapped Job job, String inputHash, String originExternalId, String integrationExternalId,
			String operationName, String summary, String words, List<JobMessage> messages) {
	}

}
