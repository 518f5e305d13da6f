package dev.belfry.alerts.recipients;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.belfry.alerts.recipients.Recipient.DefaultEmail;
import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.alerts.recipients.RecipientResolver.Addressed;
import dev.belfry.alerts.recipients.RecipientResolver.Resolved;
import dev.belfry.alerts.recipients.RecipientResolver.Unresolved;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.catalog.types.Persona;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;

import static org.assertj.core.api.Assertions.assertThat;

class RecipientResolverTests {

	private static final EventType ORDER = EventTypes.named("ORDER_IMPORTED");

	private static final Recipient OWNER = new PersonaOf(Persona.ACCOUNT_OWNER);

	private static final Recipient BUYER = new PersonaOf(Persona.B2B_USER);

	private static final Recipient RESELLER = new PersonaOf(Persona.RESELLER);

	private static final Recipient DEFAULT = new DefaultEmail();

	private final Directory directory = new Directory(List.of(user(1, "Olga", "olga@shop.example")),
			Map.of(1L, user(1, "Olga", "olga@shop.example"), 2L, user(2, "Mel", null)),
			Map.of(7L, list("On call", "cid@shop.example", "OLGA@shop.example"), 8L, list("Nobody")),
			"default@shop.example");

	@Test
	void findsTheAddressesOfEachKind() {
		Resolved resolved = resolve(List.of(new Email("ann@x.com"), OWNER, BUYER, RESELLER, DEFAULT), ORDER.sample());

		assertThat(resolved.addressed()).containsExactly(new Addressed("ann@x.com", List.of(new Email("ann@x.com"))),
				new Addressed("olga@shop.example", List.of(OWNER)),
				new Addressed("sam.ortiz@greenhouse.example", List.of(BUYER)),
				new Addressed("orders@greenhouse.example", List.of(RESELLER)),
				new Addressed("default@shop.example", List.of(DEFAULT)));
		assertThat(resolved.unresolved()).isEmpty();
	}

	@Test
	void foldsSpellingsOfOneAddress() {
		Resolved resolved = resolve(
				List.of(new Email("Olga@Shop.example"), OWNER, new UserOf(1), new SavedList(7), DEFAULT), Map.of());

		assertThat(resolved.addressed()).containsExactly(
				new Addressed("Olga@shop.example",
						List.of(new Email("Olga@Shop.example"), OWNER, new UserOf(1), new SavedList(7))),
				new Addressed("cid@shop.example", List.of(new SavedList(7))),
				new Addressed("default@shop.example", List.of(DEFAULT)));
	}

	@Test
	void tellsOfEachRecipientWithoutAnAddressWhyThatIs() {
		Map<String, Object> payload = Map.of("b2bUser", Map.of("name", "Sam"), "reseller", Map.of("email", "call us"));
		List<Recipient> recipients = List.of(BUYER, RESELLER, new PersonaOf(Persona.SOURCE_CONTACT), new UserOf(2),
				new UserOf(3), new SavedList(8), new SavedList(9));

		Resolved resolved = resolve(recipients, payload);

		assertThat(resolved.addressed()).isEmpty();
		assertThat(resolved.unresolved()).extracting(Unresolved::recipient).containsExactlyElementsOf(recipients);
		assertThat(resolved.unresolved()).extracting(Unresolved::reason)
			.containsExactly(
					"The event does not name the persona \"B2B user who placed the order\": b2bUser.email is absent.",
					"No e-mail can be sent to the address of \"Reseller\": it contains a space.",
					"Events of the type \"Order Imported\" do not have the persona \"Contact of the source\".",
					"Mel has no e-mail address.", "The user no longer exists.",
					"The recipient list \"Nobody\" is empty.", "The recipient list no longer exists.");
	}

	@Test
	void tellsWhyAnAccountHasNoOwnerOrDefaultEmail() {
		Directory empty = new Directory(List.of(), Map.of(), Map.of(), null);
		Directory silent = new Directory(List.of(user(2, "Mel", null)), Map.of(), Map.of(), null);

		assertThat(reasons(empty)).containsExactly("The account has no owner.", "The account has no default e-mail.");
		assertThat(reasons(silent)).containsExactly("No owner of the account has an e-mail address.",
				"The account has no default e-mail.");
	}

	@Test
	void tellsAllOwnersWhoCanBeTold() {
		Directory several = new Directory(
				List.of(user(1, "Olga", "olga@shop.example"), user(2, "Mel", null), user(3, "Kim", "kim@shop.example")),
				Map.of(), Map.of(), null);

		Resolved resolved = RecipientResolver.resolve(List.of(OWNER), ORDER, Map.of(), several);

		assertThat(resolved.addressed()).extracting(Addressed::address)
			.containsExactly("olga@shop.example", "kim@shop.example");
		assertThat(resolved.unresolved()).isEmpty();
	}

	@Test
	void doesNotTakeABlankAddressForOne() {
		assertThat(resolve(List.of(BUYER), Map.of("b2bUser", Map.of("email", " "))).unresolved())
			.extracting(Unresolved::reason)
			.containsExactly(
					"The event does not name the persona \"B2B user who placed the order\": b2bUser.email is absent.");
	}

	private Resolved resolve(List<Recipient> recipients, Map<String, Object> payload) {
		return RecipientResolver.resolve(recipients, ORDER, payload, this.directory);
	}

	private static List<String> reasons(Directory directory) {
		return RecipientResolver.resolve(List.of(OWNER, DEFAULT), ORDER, Map.of(), directory)
			.unresolved()
			.stream()
			.map(Unresolved::reason)
			.toList();
	}

	private static User user(long number, String name, String email) {
		return new User(new AccountId(1), number, name, name, email, UserRole.OWNER, "UTC", "en-US");
	}

	private static RecipientList list(String name, String... addresses) {
		return new RecipientList(1, 1, name, Arrays.asList(addresses), Instant.EPOCH, Instant.EPOCH,
				new Author(null, "Ann"));
	}

}
