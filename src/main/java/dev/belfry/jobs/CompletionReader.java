package dev.belfry.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/**
 * Reads one completion from the input of a call and notes all that is wrong with it. It
 * reads the coerced maps themselves: binding 500 completions to generated classes costs
 * more than logging them.
 */
final class CompletionReader {

	static final int MOST_COUNTS = 32;

	static final int MOST_MESSAGES = 50;

	private static final int NAME = 255;

	private static final int KEY = 100;

	private static final int MESSAGE = 500;

	private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	private static final Duration AHEAD = Duration.ofMinutes(5);

	private final List<UserError> errors = new ArrayList<>();

	private final Instant now;

	private final String index;

	CompletionReader(int index, Clock clock) {
		this.index = Integer.toString(index);
		this.now = clock.instant();
	}

	List<UserError> errors() {
		return this.errors;
	}

	/** The completion; of use only if there are no errors. */
	JobCompletion read(Map<String, Object> input) {
		Map<String, Object> integration = map(input, "integration");
		Map<String, Object> origin = map(integration, "origin");
		JobCompletion.OriginRef originRef = new JobCompletion.OriginRef(
				OriginKind.valueOf(String.valueOf(origin.get("kind"))),
				id(origin, "externalId", NAME, "integration", "origin", "externalId"),
				text(origin, "name", NAME, "integration", "origin", "name"));
		JobCompletion.IntegrationRef integrationRef = new JobCompletion.IntegrationRef(
				id(integration, "externalId", NAME, "integration", "externalId"),
				text(integration, "name", NAME, "integration", "name"), originRef);
		Instant startedAt = instant(input, "startedAt");
		Instant finishedAt = instant(input, "finishedAt");
		checkTimes(startedAt, finishedAt);
		return new JobCompletion(id(input, "runId", NAME, "runId"), operation(input), integrationRef,
				JobOutcome.valueOf(String.valueOf(input.get("outcome"))), startedAt, finishedAt,
				counts(list(input, "counts")), messages(list(input, "messages")));
	}

	private void checkTimes(Instant startedAt, Instant finishedAt) {
		if (startedAt.isBefore(EARLIEST)) {
			error(UserErrorCode.OUT_OF_RANGE, "This is before the year 2000.", "startedAt");
		}
		if (finishedAt.isBefore(startedAt)) {
			error(UserErrorCode.OUT_OF_RANGE, "A job cannot end before it begins.", "finishedAt");
		}
		if (finishedAt.isAfter(this.now.plus(AHEAD))) {
			error(UserErrorCode.OUT_OF_RANGE,
					"This is more than five minutes ahead of Belfry's clock. Log a job once it has ended.",
					"finishedAt");
		}
	}

	private Map<String, Long> counts(List<Map<String, Object>> inputs) {
		if (inputs.size() > MOST_COUNTS) {
			error(UserErrorCode.TOO_MANY, "A completion takes at most " + MOST_COUNTS + " counts.", "counts");
			return Map.of();
		}
		Map<String, Long> counts = new LinkedHashMap<>();
		for (int i = 0; i < inputs.size(); i++) {
			String place = Integer.toString(i);
			String name = id(inputs.get(i), "name", KEY, "counts", place, "name");
			Long value = (Long) required(inputs.get(i), "value");
			if (value < 0) {
				error(UserErrorCode.OUT_OF_RANGE, "A count is 0 or more.", "counts", place, "value");
			}
			if (counts.put(name, value) != null) {
				error(UserErrorCode.REPEATED, "The count \"" + name + "\" is given twice.", "counts", place, "name");
			}
		}
		return counts;
	}

	private List<JobMessage> messages(List<Map<String, Object>> inputs) {
		if (inputs.size() > MOST_MESSAGES) {
			error(UserErrorCode.TOO_MANY, "A completion takes at most " + MOST_MESSAGES + " messages.", "messages");
			return List.of();
		}
		List<JobMessage> messages = new ArrayList<>(inputs.size());
		for (int i = 0; i < inputs.size(); i++) {
			Map<String, Object> input = inputs.get(i);
			String place = Integer.toString(i);
			messages.add(new JobMessage(MessageSeverity.valueOf(String.valueOf(input.get("severity"))),
					text(input, "text", MESSAGE, "messages", place, "text"), reference(input, place)));
		}
		return messages;
	}

	private @Nullable String reference(Map<String, Object> input, String place) {
		String reference = (String) input.get("reference");
		return (reference == null || TextProblem.isBlank(reference)) ? null
				: text(input, "reference", KEY, "messages", place, "reference");
	}

	private String operation(Map<String, Object> input) {
		String operation = String.valueOf(input.get("operation"));
		note(TextProblem.ofKey(operation, KEY), "operation");
		return operation;
	}

	private String id(Map<String, Object> input, String name, int longest, String... path) {
		String id = String.valueOf(input.get(name));
		note(TextProblem.ofId(id, longest), path);
		return id;
	}

	private String text(Map<String, Object> input, String name, int longest, String... path) {
		String text = String.valueOf(input.get(name));
		note(TextProblem.of(text, longest), path);
		return text;
	}

	private void note(@Nullable TextProblem problem, String... path) {
		if (problem != null) {
			error(problem.code(), problem.message(), path);
		}
	}

	private Instant instant(Map<String, Object> input, String name) {
		OffsetDateTime time = (OffsetDateTime) required(input, name);
		return time.toInstant().truncatedTo(ChronoUnit.MICROS);
	}

	private void error(UserErrorCode code, String message, String... path) {
		List<String> field = new ArrayList<>(List.of("completions", this.index));
		field.addAll(List.of(path));
		this.errors.add(new UserError(code, message, List.copyOf(field)));
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
