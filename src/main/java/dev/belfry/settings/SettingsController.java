package dev.belfry.settings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.directory.Users;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.graphql.relay.Together;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.settings.SettingsInput.ToggleInput;
import dev.belfry.settings.SettingsUpdates.Update;
import dev.belfry.settings.SettingsVersion.Change;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Settings as the schema asks for them. */
@Controller
class SettingsController {

	private final SettingsVersions versions;

	private final SettingsUpdates updates;

	private final SettingsViews views;

	private final Users users;

	SettingsController(SettingsVersions versions, SettingsUpdates updates, SettingsViews views, Users users) {
		this.versions = versions;
		this.updates = updates;
		this.views = views;
		this.users = users;
	}

	@QueryMapping
	Mono<NotificationSettingsView> notificationSettings(@ContextValue Viewer viewer) {
		return current(viewer.accountId());
	}

	@MutationMapping
	Mono<Payload> updateNotificationSettings(@Argument SettingsInput input, @ContextValue Viewer viewer) {
		return update(new Update(viewer.accountId(), Author.of(viewer), "updateNotificationSettings",
				input.expectedVersion(), SettingsReader.readForm(input), input.idempotencyKey()));
	}

	@MutationMapping
	Mono<Payload> setGlobalNotification(@Argument SwitchInput input, @ContextValue Viewer viewer) {
		return update(new Update(viewer.accountId(), Author.of(viewer), "setGlobalNotification",
				input.expectedVersion(), SettingsReader.readOne(input.toggle()), input.idempotencyKey()));
	}

	/** Who changed what, newest first. */
	@SchemaMapping(typeName = "NotificationSettings")
	Mono<Connection<ChangeView>> changes(NotificationSettingsView settings,
			@PageOf(PagedList.SETTINGS_CHANGES) PageRequest page) {
		AccountId account = settings.account();
		return this.versions.before(account, page.numberAfter(Long.MAX_VALUE), page.sought())
			.map((found) -> page.connection(found, (version) -> SortKey.of(version.version()),
					(shown) -> changes(shown, found)));
	}

	/** The one who made the change, as they are now. */
	@SchemaMapping(typeName = "NotificationSettingsChange")
	Mono<User> user(ChangeView change, @ContextValue Viewer viewer) {
		Long userId = change.author().userId();
		return (userId == null) ? Mono.empty()
				: change.together()
					.read(User.class, (all) -> this.users.of(viewer.accountId(), all))
					.mapNotNull((users) -> users.get(userId));
	}

	private Mono<NotificationSettingsView> current(AccountId account) {
		return this.versions.current(account).map((current) -> this.views.settings(account, current));
	}

	private Mono<Payload> update(Update update) {
		AccountId account = update.account();
		return UserErrors.answered(this.updates.run(update).map((inForce) -> this.views.settings(account, inForce)),
				current(account), Payload::new);
	}

	/**
	 * Each version is compared with the one before it, which is the next that was found.
	 */
	private List<ChangeView> changes(List<SettingsVersion> shown, List<SettingsVersion> found) {
		Together<Author> together = new Together<>(shown.stream().map(SettingsController::author).toList());
		List<ChangeView> changes = new ArrayList<>();
		for (int i = 0; i < shown.size(); i++) {
			SettingsVersion before = (i + 1 < found.size()) ? found.get(i + 1) : SettingsVersion.FIRST;
			changes.add(change(before, shown.get(i), together));
		}
		return changes;
	}

	private static ChangeView change(SettingsVersion before, SettingsVersion after, Together<Author> together) {
		Change change = Objects.requireNonNull(after.change());
		return new ChangeView(after.version(), change.changedAt(), change.author(),
				SettingChange.between(before.settings(), after.settings()), together);
	}

	private static Author author(SettingsVersion version) {
		return Objects.requireNonNull(version.change()).author();
	}

	/** Switches one global notification on or off. */
	record SwitchInput(String type, boolean enabled, @Nullable Integer expectedVersion,
			@Nullable String idempotencyKey) {

		ToggleInput toggle() {
			return new ToggleInput(this.type, ArgumentValue.ofNullable(this.enabled), ArgumentValue.omitted());
		}

	}

	/** The settings after a mutation, also after one that was refused. */
	record Payload(NotificationSettingsView notificationSettings, List<UserError> userErrors) {
	}

	/**
	 * A change as the schema shows it.
	 *
	 * @param together those who made the changes of the page
	 */
	record ChangeView(int version, Instant changedAt, Author author, List<SettingChange> changes,
			Together<Author> together) {

		public String changedBy() {
			return this.author.name();
		}

	}

}
