package dev.belfry.alerts.recipients;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.AddressList;
import dev.belfry.addresses.EmailAddress;
import dev.belfry.alerts.recipients.Recipient.DefaultEmail;
import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.catalog.types.EventPersona;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;

/** Reads the recipients of an alert, and notes all that is wrong with them. */
public final class RecipientReader {

	public static final String NO_USER = "There is no such user in this account.";

	public static final String NO_LIST = "There is no such recipient list.";

	private final AlertIds ids;

	private final InputErrors errors;

	private final Map<InputErrors, Recipient> newRecipients = new LinkedHashMap<>();

	public RecipientReader(AlertIds ids, InputErrors errors) {
		this.ids = ids;
		this.errors = errors;
	}

	/**
	 * The good ones, each once.
	 * @param personas those that the type of events offers
	 */
	public List<Recipient> read(List<RecipientInput> inputs, List<EventPersona> personas) {
		if (inputs.size() > Recipient.MOST) {
			this.errors.add(UserErrorCode.TOO_MANY, "An alert takes at most " + Recipient.MOST + " recipients, not "
					+ inputs.size() + ". A recipient list can hold more.");
			return List.of();
		}
		Map<Object, Recipient> recipients = new LinkedHashMap<>();
		for (int i = 0; i < inputs.size(); i++) {
			Recipient recipient = read(inputs.get(i), personas, this.errors.at(i));
			if (recipient != null) {
				recipients.putIfAbsent(key(recipient), recipient);
			}
		}
		return List.copyOf(recipients.values());
	}

	/** Notes those that another type of events does not have. */
	public void checkKept(List<Recipient> kept, List<EventPersona> personas) {
		for (Recipient recipient : kept) {
			if (recipient instanceof PersonaOf persona && !names(personas).contains(persona.persona().name())) {
				unknownPersona(persona.persona().name(), personas, this.errors);
			}
		}
	}

	/** Those of whom it is not known yet whether there are such, by where they are. */
	public Map<InputErrors, Recipient> newRecipients() {
		return Collections.unmodifiableMap(this.newRecipients);
	}

	private @Nullable Recipient read(RecipientInput input, List<EventPersona> personas, InputErrors errors) {
		if (input.email() != null) {
			return email(input.email(), errors.at("email"));
		}
		if (input.persona() != null) {
			return persona(input.persona(), personas, errors.at("persona"));
		}
		if (input.userId() != null) {
			return newRecipient(this.ids.user(input.userId()), UserOf::new, NO_USER, errors.at("userId"));
		}
		return (input.listId() != null)
				? newRecipient(this.ids.list(input.listId()), SavedList::new, NO_LIST, errors.at("listId"))
				: new DefaultEmail();
	}

	private @Nullable Recipient email(String text, InputErrors errors) {
		String address = AddressList.readOne(text,
				"This takes one e-mail address. Give each as a recipient of its own, or create a recipient list.",
				"This must not be empty.", errors);
		return (address != null) ? new Email(address) : null;
	}

	private @Nullable Recipient persona(String name, List<EventPersona> personas, InputErrors errors) {
		for (EventPersona offered : personas) {
			if (offered.persona().name().equals(name)) {
				return new PersonaOf(offered.persona());
			}
		}
		unknownPersona(name, personas, errors);
		return null;
	}

	private void unknownPersona(String name, List<EventPersona> personas, InputErrors errors) {
		if (!personas.isEmpty()) {
			errors.add(UserErrorCode.NOT_FOUND,
					"The event type does not have this persona. It has " + String.join(", ", names(personas)) + ".");
		}
	}

	private @Nullable Recipient newRecipient(@Nullable Long number, LongFunction<Recipient> recipient, String ifUnknown,
			InputErrors errors) {
		if (number == null) {
			errors.add(UserErrorCode.NOT_FOUND, ifUnknown);
			return null;
		}
		Recipient newRecipient = recipient.apply(number);
		this.newRecipients.put(errors, newRecipient);
		return newRecipient;
	}

	private static List<String> names(List<EventPersona> personas) {
		return personas.stream().map((offered) -> offered.persona().name()).toList();
	}

	private static Object key(Recipient recipient) {
		return (recipient instanceof Email email) ? EmailAddress.key(email.address()) : recipient;
	}

}
