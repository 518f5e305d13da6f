package dev.belfry.jobs.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;
import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.MessageSeverity;

/**
 * Reads one completion from the input of a call and notes all that is wrong with it. It
 * reads the coerced maps themselves: binding 500 completions to classes costs more than
 * logging them.
 */
final class CompletionReader {

	static final int MOST_COUNTS = 32;

	static final int MOST_MESSAGES = 50;

	private static final int NAME = 255;

	private static final int KEY = 100;

	private static final int MESSAGE = 500;

	private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	private static final Duration AHEAD = Duration.ofMinutes(5);

	private final InputErrors errors;

	private final Instant now;

	CompletionReader(InputErrors errors, Instant now) {
		this.errors = errors;
		this.now = now;
	}

	/** The completion; of use only if there are no errors. */
	JobCompletion read(Map<String, Object> input) {
		Map<String, Object> integration = map(input, "integration");
		InputErrors inIntegration = this.errors.at("integration");
		Map<String, Object> origin = map(integration, "origin");
		InputErrors inOrigin = inIntegration.at("origin");
		String originId = id(origin, "externalId", NAME, inOrigin);
		String originName = text(origin, "name", NAME, inOrigin);
		String integrationId = id(integration, "externalId", NAME, inIntegration);
		String integrationName = text(integration, "name", NAME, inIntegration);
		Instant startedAt = instant(input, "startedAt");
		Instant finishedAt = instant(input, "finishedAt");
		checkTimes(startedAt, finishedAt);
		Job job = new Job(id(input, "runId", NAME, this.errors), operation(input),
				OriginKind.valueOf(String.valueOf(origin.get("kind"))), originName, integrationName,
				JobOutcome.valueOf(String.valueOf(input.get("outcome"))), startedAt, finishedAt,
				counts(list(input, "counts")));
		return new JobCompletion(job, originId, integrationId, messages(list(input, "messages")));
	}

	private void checkTimes(Instant startedAt, Instant finishedAt) {
		if (startedAt.isBefore(EARLIEST)) {
			this.errors.at("startedAt").add(UserErrorCode.OUT_OF_RANGE, "This is before the year 2000.");
		}
		if (finishedAt.isBefore(startedAt)) {
			this.errors.at("finishedAt").add(UserErrorCode.OUT_OF_RANGE, "A job cannot end before it begins.");
		}
		if (finishedAt.isAfter(this.now.plus(AHEAD))) {
			this.errors.at("finishedAt")
				.add(UserErrorCode.OUT_OF_RANGE,
						"This is more than five minutes ahead of Belfry's clock. Record a job once it has ended.");
		}
	}

	private Map<String, Long> counts(List<Map<String, Object>> inputs) {
		InputErrors inCounts = this.errors.at("counts");
		if (inputs.size() > MOST_COUNTS) {
			inCounts.add(UserErrorCode.TOO_MANY, "A completion takes at most " + MOST_COUNTS + " counts.");
			return Map.of();
		}
		Map<String, Long> counts = new LinkedHashMap<>();
		for (int i = 0; i < inputs.size(); i++) {
			InputErrors inCount = inCounts.at(i);
			String name = id(inputs.get(i), "name", KEY, inCount);
			Long value = (Long) required(inputs.get(i), "value");
			if (value < 0) {
				inCount.at("value").add(UserErrorCode.OUT_OF_RANGE, "A count must be 0 or more.");
			}
			if (counts.put(name, value) != null) {
				inCount.at("name").add(UserErrorCode.REPEATED, "The count \"" + name + "\" is given twice.");
			}
		}
		return counts;
	}

	private List<JobMessage> messages(List<Map<String, Object>> inputs) {
		InputErrors inMessages = this.errors.at("messages");
		if (inputs.size() > MOST_MESSAGES) {
			inMessages.add(UserErrorCode.TOO_MANY, "A completion takes at most " + MOST_MESSAGES + " messages.");
			return List.of();
		}
		List<JobMessage> messages = new ArrayList<>(inputs.size());
		for (int i = 0; i < inputs.size(); i++) {
			Map<String, Object> input = inputs.get(i);
			messages.add(new JobMessage(MessageSeverity.valueOf(String.valueOf(input.get("severity"))),
					text(input, "text", MESSAGE, inMessages.at(i)), reference(input, inMessages.at(i))));
		}
		return messages;
	}

	private @Nullable String reference(Map<String, Object> input, InputErrors errors) {
		String reference = (String) input.get("reference");
		return (reference == null || TextProblem.isBlank(reference)) ? null : text(input, "reference", KEY, errors);
	}

	private String operation(Map<String, Object> input) {
		String operation = String.valueOf(input.get("operation"));
		this.errors.at("operation").add(TextProblem.ofKey(operation, KEY));
		return operation;
	}

	private static String id(Map<String, Object> input, String name, int longest, InputErrors errors) {
		String id = String.valueOf(input.get(name));
		errors.at(name).add(TextProblem.ofId(id, longest));
		return id;
	}

	private static String text(Map<String, Object> input, String name, int longest, InputErrors errors) {
		String text = String.valueOf(input.get(name));
		errors.at(name).add(TextProblem.of(text, longest));
		return text;
	}

	private static Instant instant(Map<String, Object> input, String name) {
		return ((Instant) required(input, name)).truncatedTo(ChronoUnit.MICROS);
	}

	/** Coercion has seen to it that it is there. */
	private static Object required(Map<String, Object> input, String name) {
		return Objects.requireNonNull(input.get(name), name);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Map<String, Object> input, String name) {
		return (Map<String, Object>) required(input, name);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Map<String, Object> input, String name) {
		return (List<Map<String, Object>>) required(input, name);
	}

}
