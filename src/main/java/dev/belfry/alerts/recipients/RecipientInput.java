package dev.belfry.alerts.recipients;

import org.jspecify.annotations.Nullable;

/** A recipient, by the one of these that is not null. */
public record RecipientInput(@Nullable String email, @Nullable String persona, @Nullable String userId,
		@Nullable String listId, @Nullable SpecialRecipient special) {

	/** Whoever reads at an address. */
	public static RecipientInput email(String address) {
		return new RecipientInput(address, null, null, null, null);
	}

	/** Somebody whom the event names. */
	public static RecipientInput persona(String persona) {
		return new RecipientInput(null, persona, null, null, null);
	}

	/** The default e-mail of the account's notification settings. */
	public static RecipientInput defaultEmail() {
		return new RecipientInput(null, null, null, null, SpecialRecipient.DEFAULT_EMAIL);
	}

	/** A recipient that every account has. */
	public enum SpecialRecipient {

		DEFAULT_EMAIL

	}

}
