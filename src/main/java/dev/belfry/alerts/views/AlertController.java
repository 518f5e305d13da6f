package dev.belfry.alerts.views;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.alerts.editing.AlertInput;
import dev.belfry.alerts.editing.AlertUpdates;
import dev.belfry.alerts.editing.AlertUpdates.Change;
import dev.belfry.alerts.editing.NewAlertInput;
import dev.belfry.alerts.rules.AlertChoice;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.input.NameKeys;
import dev.belfry.input.Refusal;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Alerts as the schema asks for them. */
@Controller
class AlertController {

	private static final int MOST_TYPES = 100;

	private final AlertVersions versions;

	private final AlertUpdates updates;

	private final AlertViews views;

	private final Ids ids;

	AlertController(AlertVersions versions, AlertUpdates updates, AlertViews views, Ids ids) {
		this.versions = versions;
		this.updates = updates;
		this.views = views;
		this.ids = ids;
	}

	@QueryMapping
	Mono<Connection<AlertView>> alerts(@Argument @Nullable AlertFilter filter,
			@PageOf(PagedList.ALERTS) PageRequest page, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		return this.versions
			.page(account, (filter != null) ? choice(filter) : AlertChoice.ALL, page.numberAfter(Long.MAX_VALUE),
					page.sought())
			.map((found) -> page.connection(found, (alert) -> SortKey.of(alert.alertId()),
					(shown) -> this.views.alerts(account, shown)));
	}

	@QueryMapping
	Mono<AlertView> alert(@Argument String id, @ContextValue Viewer viewer) {
		return current(viewer.accountId(), id);
	}

	@MutationMapping
	Mono<Payload> createAlert(@Argument NewAlertInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		return UserErrors.answered(
				this.updates.create(account, Author.of(viewer), input).map((made) -> this.views.alert(account, made)),
				Mono.empty(), Payload::new);
	}

	@MutationMapping
	Mono<Payload> updateAlert(@Argument AlertInput input, @ContextValue Viewer viewer) {
		return change("updateAlert", input, viewer);
	}

	@MutationMapping
	Mono<Payload> setAlertEnabled(@Argument AlertInput input, @ContextValue Viewer viewer) {
		return change("setAlertEnabled", input, viewer);
	}

	@MutationMapping
	Mono<DeletePayload> deleteAlert(@Argument AlertInput input, @ContextValue Viewer viewer) {
		Change change = read("deleteAlert", input, viewer);
		Mono<AlertView> work = (change == null) ? Mono.error(AlertUpdates::notFound)
				: this.updates.delete(change).then(Mono.empty());
		return UserErrors.answered(work, current(viewer.accountId(), input.id()),
				(alert, errors) -> new DeletePayload(errors.isEmpty() ? input.id() : null, alert, errors));
	}

	private Mono<Payload> change(String operation, AlertInput input, Viewer viewer) {
		AccountId account = viewer.accountId();
		Change change = read(operation, input, viewer);
		Mono<AlertVersion> work = (change == null) ? Mono.error(AlertUpdates::notFound) : this.updates.run(change);
		return UserErrors.answered(work.map((changed) -> this.views.alert(account, changed)),
				current(account, input.id()), Payload::new);
	}

	/** Null if the id is none of an alert of this account. */
	private @Nullable Change read(String operation, AlertInput input, Viewer viewer) {
		AccountId account = viewer.accountId();
		Long alertId = this.ids.decode(Ids.Kind.ALERT, account, input.id());
		return (alertId != null) ? new Change(account, Author.of(viewer), alertId, operation, input) : null;
	}

	private Mono<AlertView> current(AccountId account, @Nullable String id) {
		Long alertId = (id != null) ? this.ids.decode(Ids.Kind.ALERT, account, id) : null;
		return (alertId == null) ? Mono.empty()
				: this.versions.current(account, alertId).map((current) -> this.views.alert(account, current));
	}

	private static AlertChoice choice(AlertFilter filter) {
		List<String> types = Objects.requireNonNullElse(filter.eventTypes(), List.of());
		if (types.size() > MOST_TYPES) {
			throw Refusal.badInput("This list takes at most " + MOST_TYPES + " items.", "filter", "eventTypes");
		}
		return new AlertChoice(Set.copyOf(types.stream().map(AlertController::storable).toList()), filter.enabled(),
				NameKeys.words(Objects.requireNonNullElse(filter.search(), ""), "filter", "search"));
	}

	/** What no type can be called matches nothing. */
	private static String storable(String type) {
		return TextProblem.isStorable(type) ? type : "";
	}

	/** Which alerts are asked for; null asks nothing. */
	record AlertFilter(@Nullable List<String> eventTypes, @Nullable Boolean enabled, @Nullable String search) {
	}

	/** The alert after a mutation, also after one that was refused. */
	record Payload(@Nullable AlertView alert, List<UserError> userErrors) {
	}

	/** What is gone, or what still is there. */
	record DeletePayload(@Nullable String deletedAlertId, @Nullable AlertView alert, List<UserError> userErrors) {
	}

}
