package dev.belfry.events.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.store.Idempotency;
import dev.belfry.values.JsonBytes;

/**
 * An event as the database function takes it, with a hash of its input. Each is written
 * when it is prepared, and a batch is put together from what is written: that is done
 * where an account's next transaction waits for it.
 *
 * @param json all of it but its place in a batch and the end of the object
 */
record PreparedEvent(byte[] json) {

	/**
	 * Raise it when the input is hashed otherwise: a hash of another version never
	 * equals.
	 */
	private static final String HASH_VERSION = "1:";

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private static final byte[] ITEM = ascii("{\"item\":");

	private static final byte[] PAYLOAD = ascii(",\"payload\":");

	static PreparedEvent of(NewEvent event) {
		byte[] head = JSON.writeValueAsBytes(new Head(event.eventId(), hash(event), event.type(), event.occurredAt()));
		ByteArrayOutputStream json = new ByteArrayOutputStream(head.length + PAYLOAD.length + event.payload().length);
		json.write(head, 1, head.length - 2);
		json.writeBytes(PAYLOAD);
		json.writeBytes(event.payload());
		return new PreparedEvent(json.toByteArray());
	}

	static JsonBytes batch(List<PreparedEvent> batch) {
		ByteArrayOutputStream json = new ByteArrayOutputStream(batch.size() * 1024);
		json.write('[');
		for (int item = 0; item < batch.size(); item++) {
			if (item > 0) {
				json.write(',');
			}
			json.writeBytes(ITEM);
			json.writeBytes(ascii(Integer.toString(item)));
			json.write(',');
			json.writeBytes(batch.get(item).json());
			json.write('}');
		}
		json.write(']');
		return new JsonBytes(json.toByteArray());
	}

	private static String hash(NewEvent event) {
		return HASH_VERSION + Idempotency.hash(event.type(), event.occurredAt(),
				new String(event.payload(), StandardCharsets.UTF_8));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** The SQL type {@code published_event}, without the payload. */
	private record Head(String eventId, String inputHash, String type, Instant occurredAt) {
	}

}
