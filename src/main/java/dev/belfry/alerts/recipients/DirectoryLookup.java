package dev.belfry.alerts.recipients;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Users;
import dev.belfry.alerts.recipients.Recipient.DefaultEmail;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.catalog.types.Persona;
import dev.belfry.settings.SettingsVersions;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.UserRole;
import reactor.core.publisher.Mono;

/** Looks up the recipients of alerts, those of many alerts at once. */
@Component
public class DirectoryLookup {

	private final Users users;

	private final RecipientLists lists;

	private final SettingsVersions settings;

	DirectoryLookup(Users users, RecipientLists lists, SettingsVersions settings) {
		this.users = users;
		this.lists = lists;
		this.settings = settings;
	}

	/**
	 * All that must be known to tell who these recipients are, by one statement each for
	 * people, lists and settings, and only as far as they are asked for.
	 */
	public Mono<Directory> of(AccountId account, Collection<Recipient> recipients) {
		boolean owner = recipients.contains(new PersonaOf(Persona.ACCOUNT_OWNER));
		Set<Long> users = numbers(recipients, UserOf.class, UserOf::userId);
		Set<Long> lists = numbers(recipients, SavedList.class, SavedList::listId);
		return Mono
			.zip(people(account, owner, users), lists(account, lists),
					defaultEmail(account, recipients.contains(new DefaultEmail())))
			.map((found) -> new Directory(owners(found.getT1().values()), found.getT1(), found.getT2(),
					found.getT3().orElse(null)));
	}

	private Mono<Map<Long, User>> people(AccountId account, boolean owner, Set<Long> users) {
		return (!owner && users.isEmpty()) ? Mono.just(Map.of())
				: this.users.ownersAnd(account, List.copyOf(users)).collectMap(User::userId);
	}

	/** Always in the same order. */
	private static List<User> owners(Collection<User> people) {
		return people.stream()
			.filter((user) -> user.role() == UserRole.OWNER)
			.sorted(Comparator.comparingLong(User::userId))
			.toList();
	}

	private Mono<Map<Long, RecipientList>> lists(AccountId account, Set<Long> lists) {
		return lists.isEmpty() ? Mono.just(Map.of())
				: this.lists.withNumbers(account, lists.toArray(Long[]::new)).collectMap(RecipientList::listId);
	}

	private Mono<Optional<String>> defaultEmail(AccountId account, boolean wanted) {
		return !wanted ? Mono.just(Optional.empty()) : this.settings.current(account)
			.map((version) -> Optional.ofNullable(version.settings().defaultEmail()));
	}

	private static <R extends Recipient> Set<Long> numbers(Collection<Recipient> recipients, Class<R> kind,
			Function<R, Long> number) {
		return recipients.stream().filter(kind::isInstance).map(kind::cast).map(number).collect(Collectors.toSet());
	}

}
