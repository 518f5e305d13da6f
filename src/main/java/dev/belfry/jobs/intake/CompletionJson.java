package dev.belfry.jobs.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.values.JsonBytes;

/**
 * Completions as the database function takes them. Each is written when it is prepared,
 * and a batch is put together from what is written: that is done where an account's next
 * transaction waits for it.
 */
final class CompletionJson {

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private static final byte[] ITEM = "{\"item\":".getBytes(StandardCharsets.US_ASCII);

	private CompletionJson() {
	}

	/** A completion without its place in a batch. */
	static byte[] of(JobCompletion job, String operationName, String summary, String terms, String inputHash) {
		JobCompletion.OriginRef origin = job.integration().origin();
		return JSON.writeValueAsBytes(new Item(job.runId(), inputHash, origin.kind(), origin.externalId(),
				origin.name(), job.integration().externalId(), job.integration().name(), job.operation(), operationName,
				job.outcome(), job.startedAt(), job.finishedAt(), summary, job.counts(), terms, job.messages()));
	}

	static JsonBytes batch(List<PreparedCompletion> batch) {
		ByteArrayOutputStream json = new ByteArrayOutputStream(batch.size() * 1024);
		json.write('[');
		for (int item = 0; item < batch.size(); item++) {
			if (item > 0) {
				json.write(',');
			}
			byte[] fields = batch.get(item).json();
			json.writeBytes(ITEM);
			json.writeBytes(Integer.toString(item).getBytes(StandardCharsets.US_ASCII));
			json.write(',');
			json.write(fields, 1, fields.length - 1);
		}
		json.write(']');
		return new JsonBytes(json.toByteArray());
	}

	/** The SQL type {@code job_completion}. */
	private record Item(String runId, String inputHash, OriginKind originKind, String originExternalId,
			String originName, String integrationExternalId, String integrationName, String operation,
			String operationName, JobOutcome outcome, Instant startedAt, Instant finishedAt, String summary,
			Map<String, Long> counts, String words, List<JobMessage> messages) {
	}

}
