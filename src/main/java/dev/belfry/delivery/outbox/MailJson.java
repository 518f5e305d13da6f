package dev.belfry.delivery.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.ids.LogName;
import dev.belfry.ids.Seal;
import dev.belfry.input.TextProblem;
import dev.belfry.values.JsonBytes;
import dev.belfry.viewer.AccountId;

/**
 * E-mails as the database function takes them.
 *
 * @param items one for each e-mail
 * @param contents those that several of them have, once each: what goes to thousands of
 * addresses must not fill the memory
 */
public record MailJson(JsonBytes items, JsonBytes contents) {

	private static final JsonMapper ITEMS = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.addModule(new SimpleModule().addSerializer(String.class, new StorableText()))
		.build();

	private static final JsonMapper CONTENT = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	static MailJson of(AccountId account, List<Email> emails, Seal seal, MessageIds messageIds) {
		List<MailContent> contents = new ArrayList<>();
		Map<MailContent, Integer> shared = shared(emails, contents);
		List<Item> items = new ArrayList<>(emails.size());
		for (Email email : emails) {
			AddressKey address = AddressKey.of(email.address());
			Integer place = shared.get(email.content());
			items.add(new Item(items.size(), email.topic().key(), email.topicTitle(), email.alertVersion(),
					email.cause().log(), email.cause().position(), email.entries(), email.address(),
					address.key(seal, account), address.domain(), (place != null) ? null : email.content(), place,
					messageIds.next(), email.dueAt()));
		}
		return new MailJson(new JsonBytes(ITEMS.writeValueAsBytes(items)),
				new JsonBytes(ITEMS.writeValueAsBytes(contents)));
	}

	/**
	 * The places of those contents that several e-mails have. Who writes e-mails alike
	 * gives all of them the same object.
	 */
	private static Map<MailContent, Integer> shared(List<Email> emails, List<MailContent> contents) {
		Map<MailContent, Integer> uses = new IdentityHashMap<>();
		emails.forEach((email) -> uses.merge(email.content(), 1, Integer::sum));
		Map<MailContent, Integer> places = new IdentityHashMap<>();
		uses.forEach((content, number) -> {
			if (number > 1) {
				places.put(content, contents.size());
				contents.add(content);
			}
		});
		return places;
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

	/** The SQL type {@code queued_email}. */
	private record Item(int item, String topic, String topicTitle, @Nullable Integer alertVersion, LogName causeLog,
			long causePosition, int entries, String address, String addressKey, String domain,
			@Nullable MailContent content, @Nullable Integer shared, String messageId, @Nullable Instant dueAt) {
	}

	private static final class StorableText extends ValueSerializer<String> {

		@Override
		public void serialize(String text, JsonGenerator json, SerializationContext context) {
			json.writeString(storable(text));
		}

	}

}
