package dev.belfry.delivery.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.ids.LogName;
import dev.belfry.ids.Seal;
import dev.belfry.values.JsonBytes;
import dev.belfry.values.JsonRows;
import dev.belfry.viewer.AccountId;

/** E-mails of an account that are about to be queued, written one by one. */
public final class MailBatch {

	private final AccountId account;

	private final Seal seal;

	private final MessageIds messageIds;

	private final List<MailContent> contents = new ArrayList<>();

	private final Map<MailContent, Integer> shared;

	private final JsonRows<Email> items;

	private int written;

	MailBatch(AccountId account, List<Email> emails, Seal seal, MessageIds messageIds) {
		this.account = account;
		this.seal = seal;
		this.messageIds = messageIds;
		this.shared = shared(emails, this.contents);
		this.items = new JsonRows<>(MailJson.ITEMS, emails, this::item);
	}

	/** Writes the next e-mail, and answers whether there was one. */
	public boolean step() {
		return this.items.step();
	}

	private Item item(Email email) {
		AddressKey address = AddressKey.of(email.address());
		Integer place = this.shared.get(email.content());
		return new Item(this.written++, email.topic().key(), email.topicTitle(), email.alertVersion(),
				email.cause().log(), email.cause().position(), email.entries(), email.address(),
				address.key(this.seal, this.account), address.domain(), (place != null) ? null : email.content(), place,
				this.messageIds.next(), email.dueAt());
	}

	/** All that are written, and those that were not yet. */
	public MailJson json() {
		return new MailJson(this.items.json(), new JsonBytes(MailJson.ITEMS.writeValueAsBytes(this.contents)));
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

	/** The SQL type {@code queued_email}. */
	private record Item(int item, String topic, String topicTitle, @Nullable Integer alertVersion, LogName causeLog,
			long causePosition, int entries, String address, String addressKey, String domain,
			@Nullable MailContent content, @Nullable Integer shared, String messageId, @Nullable Instant dueAt) {
	}

}
