package dev.belfry.alerts.recipients;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.addresses.EmailAddress;
import dev.belfry.catalog.types.Persona;

/** Whom an alert tells; who that is can be another one each time. */
public sealed interface Recipient {

	/** How many an alert has. */
	int MOST = 50;

	/** As the database has it. */
	Map<String, Object> json();

	/** Whoever reads at an address. */
	record Email(String address) implements Recipient {

		public boolean isAt(String address) {
			return EmailAddress.key(this.address).equals(EmailAddress.key(address));
		}

		@Override
		public Map<String, Object> json() {
			return Map.of("email", this.address);
		}

	}

	/** Somebody whom the event names, or the owner of the account. */
	record PersonaOf(Persona persona) implements Recipient {

		@Override
		public Map<String, Object> json() {
			return Map.of("persona", this.persona.name());
		}

	}

	/** A user of the account, by number. */
	record UserOf(long userId) implements Recipient {

		@Override
		public Map<String, Object> json() {
			return Map.of("userId", this.userId);
		}

	}

	/** The default e-mail of the account's notification settings. */
	record DefaultEmail() implements Recipient {

		@Override
		public Map<String, Object> json() {
			return Map.of("special", "DEFAULT_EMAIL");
		}

	}

	/** Everybody in a recipient list, by number. */
	record SavedList(long listId) implements Recipient {

		@Override
		public Map<String, Object> json() {
			return Map.of("listId", this.listId);
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
			default -> throw new IllegalArgumentException("There are no recipients by " + only.getKey() + ".");
		};
	}

}
