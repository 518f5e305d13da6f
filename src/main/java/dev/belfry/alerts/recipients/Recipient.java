package dev.belfry.alerts.recipients;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.catalog.types.Persona;
import dev.belfry.viewer.User;

/** A recipient of an alert, resolved to addresses for each event. */
public sealed interface Recipient {

	/** How many an alert has. */
	int MOST = 50;

	RecipientKind kind();

	/** As the database has it. */
	Map<String, Object> json();

	/** What it is called. */
	String label(Directory directory);

	/** Adds its addresses, or says why it has none. */
	void resolve(RecipientResolver resolver);

	/** Whoever reads at an address. */
	record Email(String address) implements Recipient {

		public boolean isAt(String address) {
			return EmailAddress.key(this.address).equals(EmailAddress.key(address));
		}

		@Override
		public RecipientKind kind() {
			return RecipientKind.EMAIL;
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("email", this.address);
		}

		@Override
		public String label(Directory directory) {
			return this.address;
		}

		@Override
		public void resolve(RecipientResolver resolver) {
			resolver.add(this.address, this);
		}

	}

	/** Somebody whom the event names, or the owner of the account. */
	record PersonaOf(Persona persona) implements Recipient {

		@Override
		public RecipientKind kind() {
			return RecipientKind.PERSONA;
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("persona", this.persona.name());
		}

		@Override
		public String label(Directory directory) {
			return this.persona.label();
		}

		@Override
		public void resolve(RecipientResolver resolver) {
			resolver.addPersona(this);
		}

	}

	/** A user of the account, by number. */
	record UserOf(long userId) implements Recipient {

		@Override
		public RecipientKind kind() {
			return RecipientKind.USER;
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("userId", this.userId);
		}

		@Override
		public String label(Directory directory) {
			User user = directory.users().get(this.userId);
			return (user != null) ? user.name() : "A removed user";
		}

		@Override
		public void resolve(RecipientResolver resolver) {
			User user = resolver.directory().users().get(this.userId);
			if (user == null) {
				resolver.fail(this, "The user no longer exists.");
			}
			else {
				resolver.add(user.email(), this, user.name() + " has no e-mail address.");
			}
		}

	}

	/** The default e-mail of the account's notification settings. */
	record DefaultEmail() implements Recipient {

		@Override
		public RecipientKind kind() {
			return RecipientKind.DEFAULT_EMAIL;
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("special", "DEFAULT_EMAIL");
		}

		@Override
		public String label(Directory directory) {
			return "Default e-mail";
		}

		@Override
		public void resolve(RecipientResolver resolver) {
			resolver.add(resolver.directory().defaultEmail(), this, "The account has no default e-mail.");
		}

	}

	/** Everybody in a recipient list, by number. */
	record SavedList(long listId) implements Recipient {

		@Override
		public RecipientKind kind() {
			return RecipientKind.LIST;
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("listId", this.listId);
		}

		@Override
		public String label(Directory directory) {
			RecipientList list = directory.lists().get(this.listId);
			return (list != null) ? list.name() : "A deleted recipient list";
		}

		@Override
		public void resolve(RecipientResolver resolver) {
			RecipientList list = resolver.directory().lists().get(this.listId);
			if (list == null) {
				resolver.fail(this, "The recipient list no longer exists.");
			}
			else if (list.addresses().isEmpty()) {
				resolver.fail(this, "The recipient list \"" + list.name() + "\" is empty.");
			}
			else {
				list.addresses().forEach((address) -> resolver.add(address, this));
			}
		}

	}

	/** Reads what {@link #json} wrote. */
	static Recipient of(Map<String, ? extends @Nullable Object> json) {
		Map.Entry<String, ? extends @Nullable Object> only = json.entrySet().iterator().next();
		Object value = Objects.requireNonNull(only.getValue());
		return switch (only.getKey()) {
			case "email" -> new Email(value.toString());
			case "persona" -> new PersonaOf(Persona.valueOf(value.toString()));
			case "userId" -> new UserOf(new BigDecimal(value.toString()).longValueExact());
			case "listId" -> new SavedList(new BigDecimal(value.toString()).longValueExact());
			case "special" -> new DefaultEmail();
			default -> throw new IllegalArgumentException("There is no recipient kind " + only.getKey() + ".");
		};
	}

	/** How a recipient is named; the schema describes each. */
	enum RecipientKind {

		EMAIL, PERSONA, USER, DEFAULT_EMAIL, LIST

	}

}
