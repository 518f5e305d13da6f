package dev.belfry.jobs.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.commerce.Summary;
import dev.belfry.catalog.types.Operation;
import dev.belfry.jobs.filter.CountTest;
import dev.belfry.jobs.filter.Words;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.LogEntry;
import dev.belfry.jobs.log.MessageSeverity;

/**
 * A completion with all that is derived from it before it meets the database.
 *
 * @param words what search finds it by
 * @param json all of it as {@link CompletionJson} wrote it, with a hash of its input
 */
record PreparedCompletion(JobCompletion completion, String operationName, String summary, Set<String> words,
		byte[] json) {

	/**
	 * Raise it when {@link #canonical} changes: a hash of another version never equals.
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
		Set<String> words = Words.of(texts);
		return new PreparedCompletion(completion, operation.name(), summary, words, CompletionJson.of(completion,
				operation.name(), summary, terms(words, completion.counts()), hash(completion)));
	}

	/** The words and the labels of the counts, one a line, as the database takes them. */
	static String terms(Set<String> words, Map<String, Long> counts) {
		StringBuilder terms = new StringBuilder(String.join("\n", words));
		counts.forEach((name, count) -> terms.append('\n').append(CountTest.label(name, count)));
		return terms.toString();
	}

	LogEntry entry(long position, long integrationId, long originId, long problemTotal, Instant recordedAt) {
		JobCompletion job = this.completion;
		JobNotification notification = new JobNotification(position, integrationId, originId, problemTotal,
				job.startedAt(), job.finishedAt(), recordedAt, job.messages().size(), job.integration().origin().kind(),
				job.outcome(), job.operation(), this.operationName, job.integration().name(),
				job.integration().origin().name(), job.runId(), this.summary, job.counts());
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

	private static String hash(JobCompletion completion) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(canonical(completion).getBytes(StandardCharsets.UTF_8));
			return HASH_VERSION
					+ Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Everything that counts as input, each part with its length so that no two inputs
	 * read alike. Display names do not count.
	 */
	private static String canonical(JobCompletion completion) {
		StringBuilder canonical = new StringBuilder();
		add(canonical, completion.operation());
		add(canonical, completion.integration().origin().kind().name());
		add(canonical, completion.integration().origin().externalId());
		add(canonical, completion.integration().externalId());
		add(canonical, completion.outcome().name());
		add(canonical, completion.startedAt().toString());
		add(canonical, completion.finishedAt().toString());
		for (Map.Entry<String, Long> count : new TreeMap<>(completion.counts()).entrySet()) {
			add(canonical, count.getKey());
			add(canonical, count.getValue().toString());
		}
		for (JobMessage message : completion.messages()) {
			add(canonical, message.severity().name());
			add(canonical, message.text());
			add(canonical, (message.reference() != null) ? "=" + message.reference() : "");
		}
		return canonical.toString();
	}

	private static void add(StringBuilder canonical, String part) {
		canonical.append(part.length()).append(':').append(part);
	}

}
