package dev.belfry.alerts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.Recipient.DefaultEmail;
import dev.belfry.alerts.Recipient.Email;
import dev.belfry.alerts.Recipient.PersonaOf;
import dev.belfry.alerts.Recipient.SavedList;
import dev.belfry.alerts.Recipient.UserOf;
import dev.belfry.catalog.EventPersona;
import dev.belfry.platform.AddressList;
import dev.belfry.platform.EmailAddress;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;

/** Reads the recipients of an alert, and notes all that is wrong with them. */
final class RecipientReader {

	static final String NO_USER = "There is no such user in this account.";

	static final String NO_LIST = "There is no such recipient list.";

	private static final String FIELD = "recipients";

	private final RecipientIds ids;

	private final Consumer<UserError> errors;

	private final Map<List<String>, Recipient> newcomers = new LinkedHashMap<>();

	RecipientReader(RecipientIds ids, Consumer<UserError> errors) {
		this.ids = ids;
		this.errors = errors;
	}

	/**
	 * The good ones, each once.
	 * @param personas those that the type of events offers
	 */
	List<Recipient> read(List<Map<String, Object>> inputs, List<EventPersona> personas) {
		if (inputs.size() > Alert.MOST_RECIPIENTS) {
			error(UserErrorCode.TOO_MANY, "An alert takes at most " + Alert.MOST_RECIPIENTS + " recipients; these are "
					+ inputs.size() + ". A recipient list has room for more.", List.of(FIELD));
			return List.of();
		}
		Map<Object, Recipient> recipients = new LinkedHashMap<>();
		for (int i = 0; i < inputs.size(); i++) {
			Recipient recipient = read(inputs.get(i), Integer.toString(i), personas);
			if (recipient != null) {
				recipients.putIfAbsent(key(recipient), recipient);
			}
		}
		return List.copyOf(recipients.values());
	}

	/** Notes those that another type of events does not have. */
	void checkKept(List<Recipient> kept, List<EventPersona> personas) {
		for (Recipient recipient : kept) {
			if (recipient instanceof PersonaOf persona && !names(personas).contains(persona.persona().name())) {
				unknownPersona(persona.persona().name(), personas, List.of(FIELD));
			}
		}
	}

	/** Those of whom it is not known yet whether there are such, by their paths. */
	Map<List<String>, Recipient> newcomers() {
		return Collections.unmodifiableMap(this.newcomers);
	}

	private @Nullable Recipient read(Map<String, Object> input, String index, List<EventPersona> personas) {
		Map.Entry<String, Object> only = input.entrySet().iterator().next();
		List<String> path = List.of(FIELD, index, only.getKey());
		String text = String.valueOf(only.getValue());
		return switch (only.getKey()) {
			case "email" -> email(text, path);
			case "persona" -> persona(text, personas, path);
			case "userId" -> newcomer(this.ids.user(text), UserOf::new, NO_USER, path);
			case "listId" -> newcomer(this.ids.list(text), SavedList::new, NO_LIST, path);
			default -> new DefaultEmail();
		};
	}

	private @Nullable Recipient email(String text, List<String> path) {
		String address = AddressList.readOne(text, path,
				"This takes one e-mail address. Give each a place of its own, or make a recipient list.",
				"This must not be empty.", this.errors);
		return (address != null) ? new Email(address) : null;
	}

	private @Nullable Recipient persona(String name, List<EventPersona> personas, List<String> path) {
		for (EventPersona offered : personas) {
			if (offered.persona().name().equals(name)) {
				return new PersonaOf(offered.persona());
			}
		}
		unknownPersona(name, personas, path);
		return null;
	}

	private void unknownPersona(String name, List<EventPersona> personas, List<String> path) {
		if (!personas.isEmpty()) {
			error(UserErrorCode.NOT_FOUND,
					"The event type names nobody as this. It has " + String.join(", ", names(personas)) + ".", path);
		}
	}

	private @Nullable Recipient newcomer(@Nullable Long number, LongFunction<Recipient> recipient, String ifUnknown,
			List<String> path) {
		if (number == null) {
			error(UserErrorCode.NOT_FOUND, ifUnknown, path);
			return null;
		}
		Recipient newcomer = recipient.apply(number);
		this.newcomers.put(path, newcomer);
		return newcomer;
	}

	private static List<String> names(List<EventPersona> personas) {
		return personas.stream().map((offered) -> offered.persona().name()).toList();
	}

	private static Object key(Recipient recipient) {
		return (recipient instanceof Email email) ? EmailAddress.key(email.address()) : recipient;
	}

	private void error(UserErrorCode code, String message, List<String> path) {
		this.errors.accept(new UserError(code, message, path));
	}

}
