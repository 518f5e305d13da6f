package dev.belfry.events.intake;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrors;
import dev.belfry.values.JsonValues;

/** Payloads of events that nobody publishes. */
public final class Payloads {

	private Payloads() {
	}

	/**
	 * A payload as the log would have it, checked as that of a published event is, of any
	 * type. Fails with {@link UserErrors}.
	 */
	public static Map<String, @Nullable Object> read(EventType type, @Nullable Object payload, InputErrors errors) {
		PayloadShape.Branch shape = Objects.requireNonNull(PayloadShape.BY_TYPE.get(type.key()), type.key());
		Map<String, Object> read = errors.capped("event", (within) -> PayloadReader.read(shape, payload, within));
		errors.check();
		byte[] json = JsonValues.write(read);
		EventReader.checkSize(json, errors);
		errors.check();
		return JsonValues.readObject(json);
	}

}
