package dev.belfry.delivery.outbox;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import dev.belfry.delivery.composing.MailContent;
import dev.belfry.input.TextProblem;
import dev.belfry.values.JsonBytes;

/**
 * E-mails as {@code queue_deliveries} takes them.
 *
 * @param items one for each e-mail
 * @param contents those that several of them have, once each: what goes to thousands of
 * addresses must not fill the memory
 */
public record MailJson(JsonBytes items, JsonBytes contents) {

	static final JsonMapper ITEMS = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.addModule(new SimpleModule().addSerializer(String.class, new StorableText()))
		.build();

	private static final JsonMapper CONTENT = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	/** How long both are together. */
	public long bytes() {
		return (long) this.items.utf8().length + this.contents.utf8().length;
	}

	/** A content as the database keeps it. */
	public static MailContent content(String json) {
		return CONTENT.readValue(json, MailContent.class);
	}

	/** A text that PostgreSQL can keep: what it cannot is replaced. */
	public static String storable(String text) {
		if (TextProblem.isStorable(text)) {
			return text;
		}
		StringBuilder storable = new StringBuilder(text.length());
		text.codePoints()
			.map((point) -> (point == 0 || Character.getType(point) == Character.SURROGATE) ? '\uFFFD' : point)
			.forEach(storable::appendCodePoint);
		return storable.toString();
	}

	private static final class StorableText extends ValueSerializer<String> {

		@Override
		public void serialize(String text, JsonGenerator json, SerializationContext context) {
			json.writeString(storable(text));
		}

	}

}
