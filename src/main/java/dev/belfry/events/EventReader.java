package dev.belfry.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventType;
import dev.belfry.catalog.EventTypes;
import dev.belfry.platform.Faults;
import dev.belfry.platform.Nearest;
import dev.belfry.platform.Place;
import dev.belfry.platform.TextProblem;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

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

	private final Place place;

	private final Faults faults;

	private final Instant now;

	EventReader(int index, Clock clock) {
		this.place = Place.INPUT.then("events").then(index);
		this.faults = new Faults(this.place, "event");
		this.now = clock.instant();
	}

	List<UserError> errors() {
		return this.faults.errors();
	}

	/** The event, or null if there are errors. */
	@Nullable NewEvent read(Map<String, Object> input) {
		String id = eventId(input);
		Instant occurredAt = occurredAt(input);
		String type = (String) required(input, "type");
		Map<String, Object> payload = payload(type, input.get("payload"));
		return this.faults.isEmpty() ? checkSize(NewEvent.of(id, type, occurredAt, payload)) : null;
	}

	private @Nullable NewEvent checkSize(NewEvent event) {
		if (event.payload().length <= LARGEST_PAYLOAD) {
			return event;
		}
		this.faults.add(UserErrorCode.TOO_LONG, this.place.then("payload"), () -> tooLong(event.payload()));
		return null;
	}

	static String tooLong(byte[] payload) {
		return "A payload may have at most 64 KiB as JSON text; this one has " + payload.length + " bytes.";
	}

	private String eventId(Map<String, Object> input) {
		String id = (String) required(input, "eventId");
		TextProblem problem = TextProblem.ofId(id, LONGEST_ID);
		if (problem != null) {
			this.faults.add(problem.code(), this.place.then("eventId"), problem::message);
		}
		if (id.startsWith(NewEvent.OWN)) {
			this.faults.add(UserErrorCode.INVALID, this.place.then("eventId"),
					() -> "Ids that begin with " + NewEvent.OWN + " are those of events that Belfry makes itself.");
		}
		return id;
	}

	private Instant occurredAt(Map<String, Object> input) {
		Instant time = ((OffsetDateTime) required(input, "occurredAt")).toInstant();
		if (time.isBefore(EARLIEST)) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, this.place.then("occurredAt"),
					() -> "This is before the year 2000.");
		}
		if (time.isAfter(this.now.plus(AHEAD))) {
			this.faults.add(UserErrorCode.OUT_OF_RANGE, this.place.then("occurredAt"),
					() -> "This is more than five minutes ahead of Belfry's clock. "
							+ "Publish an event once it has happened.");
		}
		return time;
	}

	private Map<String, Object> payload(String type, @Nullable Object input) {
		Shape.Branch shape = PUBLISHABLE.contains(type) ? Shape.BY_TYPE.get(type) : null;
		if (shape == null) {
			this.faults.add(UserErrorCode.INVALID, this.place.then("type"), () -> problemOf(type));
			return Map.of();
		}
		return new PayloadReader(this.faults).read(shape, input, this.place.then("payload"));
	}

	private static String problemOf(String type) {
		EventType known = EventTypes.find(type);
		if (known != null) {
			return "Belfry makes these events itself, of what its log of jobs has.";
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
