package dev.belfry.alerts.views;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Users;
import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.recipients.DirectoryLookup;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.Recipient.Email;
import dev.belfry.alerts.recipients.Recipient.PersonaOf;
import dev.belfry.alerts.recipients.Recipient.SavedList;
import dev.belfry.alerts.recipients.Recipient.UserOf;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.graphql.relay.Together;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import reactor.core.publisher.Mono;

/** Shows alerts and recipient lists as the schema has them. */
@Component
public class AlertViews {

	private final DirectoryLookup directories;

	private final Integrations integrations;

	private final Users users;

	private final Ids ids;

	AlertViews(DirectoryLookup directories, Integrations integrations, Users users, Ids ids) {
		this.directories = directories;
		this.integrations = integrations;
		this.users = users;
		this.ids = ids;
	}

	AlertView alert(AccountId account, AlertVersion inForce) {
		return alerts(account, List.of(inForce)).get(0);
	}

	/** Alerts that are shown together. */
	List<AlertView> alerts(AccountId account, List<AlertVersion> inForce) {
		Together<AlertVersion> together = new Together<>(inForce);
		return inForce.stream()
			.map((version) -> new AlertView(account, this.ids.encode(Ids.Kind.ALERT, account, version.alertId()),
					version, together))
			.toList();
	}

	/**
	 * Versions of alerts that are shown together, by the numbers of the alerts.
	 * @param versions of each one after the other, newest first
	 */
	Map<Long, List<AlertVersionView>> versions(Map<Long, List<AlertVersion>> versions) {
		Together<AlertVersion> all = new Together<>(versions.values().stream().flatMap(Collection::stream).toList());
		Map<Long, List<AlertVersionView>> views = new HashMap<>();
		versions.forEach((alertId, ofOne) -> views.put(alertId, IntStream.range(0, ofOne.size())
			.mapToObj((i) -> new AlertVersionView((i + 1 < ofOne.size()) ? ofOne.get(i + 1) : null, ofOne.get(i), all))
			.toList()));
		return views;
	}

	/**
	 * @param integrations the names of those that are watched, by number
	 */
	OverdueWatchView watch(AccountId account, OverdueWatch watch, Map<Long, String> integrations) {
		return new OverdueWatchView(watch.operation(), watch.operationName(),
				this.ids.encode(Ids.Kind.INTEGRATION, account, watch.integrationId()),
				integrations.get(watch.integrationId()), watch.afterMinutes(), watch.timesUsual());
	}

	public AlertRecipientView recipient(Recipient recipient, Directory directory) {
		return new AlertRecipientView(recipient.kind(), recipient.label(directory),
				(recipient instanceof Email email) ? email.address() : null,
				(recipient instanceof PersonaOf persona) ? persona.persona() : null,
				(recipient instanceof UserOf user) ? directory.users().get(user.userId()) : null,
				(recipient instanceof SavedList saved) ? directory.lists().get(saved.listId()) : null);
	}

	/** Who knows the recipients of all that are shown together. */
	Mono<Directory> directory(AccountId account, Together<AlertVersion> together) {
		return together.read(Directory.class, (all) -> this.directories.of(account, recipients(all)));
	}

	/** The names of the integrations that they watch, by number. */
	Mono<Map<Long, String>> integrations(AccountId account, Together<AlertVersion> together) {
		return together.read(Integrations.class, (all) -> {
			List<Long> numbers = AlertVersion.watches(all)
				.stream()
				.map(OverdueWatch::integrationId)
				.distinct()
				.toList();
			return numbers.isEmpty() ? Mono.just(Map.of()) : this.integrations.names(account, numbers);
		});
	}

	/** The users who made them. */
	Mono<Map<Long, User>> authors(AccountId account, Together<AlertVersion> together) {
		return together.read(User.class,
				(all) -> this.users.of(account, all.stream().map(AlertVersion::author).toList()));
	}

	private static Set<Recipient> recipients(List<AlertVersion> versions) {
		return versions.stream()
			.map((version) -> version.alert().recipients())
			.flatMap(Collection::stream)
			.collect(Collectors.toSet());
	}

}
