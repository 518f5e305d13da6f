package dev.belfry.events;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.EventType;
import dev.belfry.platform.Faults;
import dev.belfry.platform.JsonValues;
import dev.belfry.platform.Place;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;

/** Payloads of events that nobody publishes. */
public final class Payloads {

	private Payloads() {
	}

	/**
	 * A payload as the log would have it, checked as that of a published event is, of any
	 * type. Fails with {@link UserErrors}.
	 * @param path where it stands in the input of the call
	 */
	public static Map<String, @Nullable Object> read(EventType type, @Nullable Object payload, List<String> path) {
		Place place = Place.of(path);
		Faults faults = new Faults(place, "event");
		Map<String, Object> read = new PayloadReader(faults)
			.read(Objects.requireNonNull(Shape.BY_TYPE.get(type.key()), type.key()), payload, place);
		if (!faults.isEmpty()) {
			throw new UserErrors(faults.errors());
		}
		byte[] json = JsonValues.write(read);
		if (json.length > EventReader.LARGEST_PAYLOAD) {
			throw new UserErrors(List.of(new UserError(UserErrorCode.TOO_LONG, EventReader.tooLong(json), path)));
		}
		return JsonValues.readObject(json);
	}

}
