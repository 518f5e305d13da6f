package dev.belfry.events.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Nearest;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;

/**
 * Reads one event from the input of a call and notes all that is wrong with it. It reads
 * the coerced maps themselves, as the intake of completions does.
 */
final class EventReader {

	static final int LARGEST_PAYLOAD = 64 * 1024;

	private static final int LONGEST_ID = 255;

	private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	private static final Duration AHEAD = Duration.ofMinutes(5);

	private static final List<String> PUBLISHABLE = EventTypes.all()
		.stream()
		.filter(EventType::publishable)
		.map(EventType::key)
		.toList();

	private final InputErrors errors;

	private final Instant now;

	private EventReader(InputErrors errors, Instant now) {
		this.errors = errors;
		this.now = now;
	}

	/** The event, or null if there are errors. */
	static @Nullable NewEvent read(Map<String, Object> input, Instant now, InputErrors errors) {
		return errors.capped("event", (within) -> new EventReader(within, now).read(input));
	}

	private @Nullable NewEvent read(Map<String, Object> input) {
		String id = eventId(input);
		Instant occurredAt = occurredAt(input);
		String type = (String) required(input, "type");
		Map<String, Object> payload = payload(type, input.get("payload"));
		if (!this.errors.isEmpty()) {
			return null;
		}
		NewEvent event = NewEvent.of(id, type, occurredAt, payload);
		checkSize(event.payload(), this.errors.at("payload"));
		return this.errors.isEmpty() ? event : null;
	}

	static void checkSize(byte[] payload, InputErrors errors) {
		if (payload.length > LARGEST_PAYLOAD) {
			errors.add(UserErrorCode.TOO_LONG,
					"A payload may have at most 64 KiB as JSON text; this one has " + payload.length + " bytes.");
		}
	}

	private String eventId(Map<String, Object> input) {
		String id = (String) required(input, "eventId");
		this.errors.at("eventId").add(TextProblem.ofId(id, LONGEST_ID));
		if (id.startsWith(NewEvent.OWN)) {
			this.errors.at("eventId")
				.add(UserErrorCode.INVALID,
						"Ids that begin with " + NewEvent.OWN + " are reserved for events that Belfry creates.");
		}
		return id;
	}

	private Instant occurredAt(Map<String, Object> input) {
		Instant time = (Instant) required(input, "occurredAt");
		if (time.isBefore(EARLIEST)) {
			this.errors.at("occurredAt").add(UserErrorCode.OUT_OF_RANGE, "This is before the year 2000.");
		}
		if (time.isAfter(this.now.plus(AHEAD))) {
			this.errors.at("occurredAt")
				.add(UserErrorCode.OUT_OF_RANGE, "This is more than five minutes ahead of Belfry's clock. "
						+ "Publish an event once it has happened.");
		}
		return time;
	}

	private Map<String, Object> payload(String type, @Nullable Object input) {
		PayloadShape.Branch shape = PUBLISHABLE.contains(type) ? PayloadShape.BY_TYPE.get(type) : null;
		if (shape == null) {
			this.errors.at("type").add(UserErrorCode.INVALID, () -> problemOf(type));
			return Map.of();
		}
		return PayloadReader.read(shape, input, this.errors.at("payload"));
	}

	private static String problemOf(String type) {
		EventType known = EventTypes.find(type);
		if (known != null) {
			return "Belfry creates these events itself, from its log of jobs.";
		}
		String meant = Nearest.of(type, PUBLISHABLE);
		return "There is no such event type. "
				+ ((meant != null) ? "Did you mean " + meant + "?" : "The query eventTypes lists them.");
	}

	/** Coercion has seen to it that it is there. */
	private static Object required(Map<String, Object> input, String name) {
		return Objects.requireNonNull(input.get(name), name);
	}

}
