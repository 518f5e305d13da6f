package dev.belfry.alerts.recipients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.Addresses;
import dev.belfry.addresses.EmailAddress;
import dev.belfry.addresses.NoEmailAddress;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Persona;
import dev.belfry.values.JsonValues;
import dev.belfry.viewer.User;

/**
 * Finds the addresses of an alert's recipients for one event. The same event and the same
 * directory give the same addresses.
 */
public final class RecipientResolver {

	private final EventType type;

	private final Map<String, @Nullable Object> payload;

	private final Directory directory;

	private final Map<String, Addressed> addressed = new LinkedHashMap<>();

	private final List<Unresolved> unresolved = new ArrayList<>();

	private RecipientResolver(EventType type, Map<String, @Nullable Object> payload, Directory directory) {
		this.type = type;
		this.payload = payload;
		this.directory = directory;
	}

	/** Resolves recipients for an event of this type. */
	public static Resolved resolve(List<Recipient> recipients, EventType type, Map<String, @Nullable Object> payload,
			Directory directory) {
		RecipientResolver resolver = new RecipientResolver(type, payload, directory);
		recipients.forEach((recipient) -> recipient.resolve(resolver));
		return new Resolved(List.copyOf(resolver.addressed.values()), List.copyOf(resolver.unresolved));
	}

	Directory directory() {
		return this.directory;
	}

	void addPersona(PersonaOf recipient) {
		EventPersona persona = this.type.personas()
			.stream()
			.filter((offered) -> offered.persona() == recipient.persona())
			.findFirst()
			.orElse(null);
		String label = "\"" + recipient.persona().label() + "\"";
		if (persona == null) {
			fail(recipient, "Events of the type \"" + this.type.title() + "\" do not have the persona " + label + ".");
		}
		else if (persona.emailField() != null) {
			add(text(persona.emailField()), recipient,
					"The event does not name the persona " + label + ": " + persona.emailField() + " is absent.");
		}
		else if (persona.persona() == Persona.ACCOUNT_OWNER) {
			addOwners(recipient);
		}
		else {
			fail(recipient, "Belfry cannot resolve the persona " + label + ".");
		}
	}

	private void addOwners(PersonaOf recipient) {
		List<String> emails = new ArrayList<>();
		for (User owner : this.directory.owners()) {
			if (owner.email() != null) {
				emails.add(owner.email());
			}
		}
		if (this.directory.owners().isEmpty()) {
			fail(recipient, "The account has no owner.");
		}
		else if (emails.isEmpty()) {
			fail(recipient, "No owner of the account has an e-mail address.");
		}
		emails.forEach((email) -> add(email, recipient));
	}

	void add(@Nullable String address, Recipient recipient, String reasonIfAbsent) {
		if (address == null || address.isBlank()) {
			fail(recipient, reasonIfAbsent);
		}
		else {
			add(address, recipient);
		}
	}

	/** Texts from events and tokens are not checked yet. */
	void add(String text, Recipient recipient) {
		try {
			String address = Addresses.one(text);
			this.addressed
				.computeIfAbsent(EmailAddress.key(address), (key) -> new Addressed(address, new ArrayList<>()))
				.recipients()
				.add(recipient);
		}
		catch (NoEmailAddress none) {
			fail(recipient, "No e-mail can be sent to the address of \"" + recipient.label(this.directory) + "\": "
					+ none.why());
		}
	}

	void fail(Recipient recipient, String reason) {
		this.unresolved.add(new Unresolved(recipient, reason));
	}

	private @Nullable String text(String path) {
		Object value = JsonValues.at(this.payload, path);
		return (value != null) ? value.toString() : null;
	}

	/**
	 * The addresses, and the recipients without one.
	 *
	 * @param addressed each address once, in the order of the recipients
	 * @param unresolved recipients without an address, or with a bad one
	 */
	public record Resolved(List<Addressed> addressed, List<Unresolved> unresolved) {
	}

	/**
	 * An address.
	 *
	 * @param address as the first of the recipients has it
	 * @param recipients those that led to it
	 */
	public record Addressed(String address, List<Recipient> recipients) {
	}

	/**
	 * A recipient without an address.
	 *
	 * @param reason in a sentence for people
	 */
	public record Unresolved(Recipient recipient, String reason) {
	}

}
