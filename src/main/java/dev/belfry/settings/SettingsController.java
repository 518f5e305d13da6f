package dev.belfry.settings;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Author;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.User;
import dev.belfry.accounts.Users;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Slice;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrors;
import dev.belfry.settings.SettingsUpdates.Update;
import dev.belfry.settings.SettingsVersion.Change;
import reactor.core.publisher.Mono;

/** Settings as the schema asks for them. */
@Controller
class SettingsController {

	private final SettingsVersions versions;

	private final SettingsUpdates updates;

	private final SettingsViews views;

	private final Users users;

	private final Ids ids;

	SettingsController(SettingsVersions versions, SettingsUpdates updates, SettingsViews views, Users users, Ids ids) {
		this.versions = versions;
		this.updates = updates;
		this.views = views;
		this.users = users;
		this.ids = ids;
	}

	@QueryMapping
	Mono<NotificationSettingsView> notificationSettings(@ContextValue Viewer viewer) {
		return current(viewer.accountId());
	}

	@MutationMapping
	Mono<Payload> updateNotificationSettings(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		return update(viewer, "updateNotificationSettings", input, SettingsReader.readForm(input));
	}

	@MutationMapping
	Mono<Payload> setGlobalNotification(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		return update(viewer, "setGlobalNotification", input, SettingsReader.readOne(input));
	}

	/** Who changed what, newest first. */
	@SchemaMapping(typeName = "NotificationSettings")
	Mono<Connection> changes(NotificationSettingsView settings, @Argument @Nullable Integer first,
			@Argument @Nullable String after) {
		AccountId account = settings.account();
		Slice slice = Slice.of(first, this.ids.place(Ids.Kind.SETTINGS_CURSOR, account, after, "after"), null, null);
		long below = (slice.after() != null) ? slice.after() : Long.MAX_VALUE;
		return this.versions.before(account, below, slice.most() + 1).map((found) -> connection(account, slice, found));
	}

	/** The one who made the change, as they are now. */
	@SchemaMapping(typeName = "NotificationSettingsChange")
	Mono<User> user(ChangeView change) {
		Long userId = change.author().userId();
		return (userId == null) ? Mono.empty() : change.users().mapNotNull((users) -> users.get(userId));
	}

	private Mono<NotificationSettingsView> current(AccountId account) {
		return this.versions.current(account).map((current) -> this.views.settings(account, current));
	}

	private Mono<Payload> update(Viewer viewer, String operation, Map<String, Object> input, SettingsPatch patch) {
		AccountId account = viewer.accountId();
		Update update = new Update(account, Author.of(viewer), operation, (Integer) input.get("expectedVersion"), patch,
				(String) input.get("idempotencyKey"));
		return this.updates.run(update)
			.map((inForce) -> new Payload(this.views.settings(account, inForce), List.of()))
			.onErrorResume(UserErrors.class,
					(refused) -> current(account).map((settings) -> new Payload(settings, refused.errors())));
	}

	/**
	 * Each version is compared with the one before it, which is the next that was found.
	 */
	private Connection connection(AccountId account, Slice slice, List<SettingsVersion> found) {
		List<SettingsVersion> page = found.subList(0, Math.min(found.size(), slice.most()));
		Mono<Map<Long, User>> users = users(account, page).cache();
		List<Edge> edges = new ArrayList<>();
		for (int i = 0; i < page.size(); i++) {
			SettingsVersion before = (i + 1 < found.size()) ? found.get(i + 1) : SettingsVersion.FIRST;
			edges.add(edge(account, before, page.get(i), users));
		}
		PageInfo pageInfo = PageInfo.of(found.size() > page.size(), slice.after() != null, edges,
				(edge) -> edge.cursor());
		return new Connection(edges, pageInfo);
	}

	private Edge edge(AccountId account, SettingsVersion before, SettingsVersion after, Mono<Map<Long, User>> users) {
		Change change = Objects.requireNonNull(after.change());
		ChangeView view = new ChangeView(after.version(), change.changedAt().atOffset(ZoneOffset.UTC), change.author(),
				SettingChange.between(before.settings(), after.settings()), users);
		return new Edge(this.ids.encode(Ids.Kind.SETTINGS_CURSOR, account, after.version()), view);
	}

	private Mono<Map<Long, User>> users(AccountId account, List<SettingsVersion> versions) {
		List<Long> numbers = versions.stream()
			.map((version) -> Objects.requireNonNull(version.change()).author().userId())
			.filter(Objects::nonNull)
			.distinct()
			.toList();
		return this.users.withNumbers(account, numbers).collectMap(User::userId);
	}

	/** The settings after a mutation, also after one that was refused. */
	record Payload(NotificationSettingsView notificationSettings, List<UserError> userErrors) {
	}

	/** A page of the changes. */
	record Connection(List<Edge> edges, PageInfo pageInfo) {

		public List<ChangeView> nodes() {
			return this.edges.stream().map(Edge::node).toList();
		}

	}

	/** A change with its cursor. */
	record Edge(String cursor, ChangeView node) {
	}

	/**
	 * A change as the schema shows it.
	 *
	 * @param users those who made the changes of the page, read once if anyone asks
	 */
	record ChangeView(int version, OffsetDateTime changedAt, Author author, List<SettingChange> changes,
			Mono<Map<Long, User>> users) {

		public String changedBy() {
			return this.author.name();
		}

	}

}
