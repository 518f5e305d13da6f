package dev.belfry.alerts.views;

import java.util.List;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.catalog.types.EventField;
import dev.belfry.conditions.operators.ConditionOperator;
import dev.belfry.conditions.operators.OperatorValue;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.graphql.relay.Together;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** What belongs to alerts and their versions, and what conditions can ask of fields. */
@Controller
class AlertFieldsController {

	private final AlertVersions versions;

	private final AlertViews views;

	AlertFieldsController(AlertVersions versions, AlertViews views) {
		this.versions = versions;
		this.views = views;
	}

	@SchemaMapping(typeName = "EventField")
	List<OperatorView> operators(EventField field) {
		return ConditionOperator.of(field.type())
			.stream()
			.map((operator) -> new OperatorView(operator, operator.label(), operator.value(),
					operator.hasCase(field.type())))
			.toList();
	}

	@SchemaMapping(typeName = "Alert", field = "recipients")
	Mono<List<AlertRecipientView>> recipientsOfAlert(AlertView alert) {
		return recipients(alert.account(), alert.inForce(), alert.together());
	}

	@SchemaMapping(typeName = "Alert", field = "watch")
	Mono<OverdueWatchView> watchOfAlert(AlertView alert) {
		return watch(alert.account(), alert.inForce(), alert.together());
	}

	/** How the alert was and is, newest first. */
	@SchemaMapping(typeName = "Alert", field = "versions")
	Mono<Connection<AlertVersionView>> versions(AlertView alert, @PageOf(PagedList.ALERT_VERSIONS) PageRequest page) {
		AccountId account = alert.account();
		long below = page.numberAfter(Long.MAX_VALUE);
		return alert.together()
			.read(new Asked(below, page.most()),
					(all) -> this.versions.before(account, AlertVersion.ids(all), below, page.sought())
						.map(this.views::versions))
			.map((found) -> page.connection(found.getOrDefault(alert.inForce().alertId(), List.of()),
					(version) -> SortKey.of(version.version()), (shown) -> shown));
	}

	@SchemaMapping(typeName = "AlertVersion", field = "recipients")
	Mono<List<AlertRecipientView>> recipientsOfVersion(AlertVersionView version, @ContextValue Viewer viewer) {
		return recipients(viewer.accountId(), version.shown(), version.together());
	}

	@SchemaMapping(typeName = "AlertVersion", field = "watch")
	Mono<OverdueWatchView> watchOfVersion(AlertVersionView version, @ContextValue Viewer viewer) {
		return watch(viewer.accountId(), version.shown(), version.together());
	}

	@SchemaMapping(typeName = "AlertVersion")
	Mono<List<AlertChange>> changes(AlertVersionView version, @ContextValue Viewer viewer) {
		AlertVersion before = version.before();
		return (before == null) ? Mono.just(List.of()) : Mono
			.zip(this.views.directory(viewer.accountId(), version.together()),
					this.views.integrations(viewer.accountId(), version.together()))
			.map((known) -> AlertChange.between(before.alert(), version.shown().alert(), known.getT1(), known.getT2()));
	}

	/** The one who made the version, as they are now. */
	@SchemaMapping(typeName = "AlertVersion")
	Mono<User> user(AlertVersionView version, @ContextValue Viewer viewer) {
		Long userId = version.shown().author().userId();
		return (userId == null) ? Mono.empty()
				: this.views.authors(viewer.accountId(), version.together()).mapNotNull((users) -> users.get(userId));
	}

	private Mono<List<AlertRecipientView>> recipients(AccountId account, AlertVersion version,
			Together<AlertVersion> together) {
		return this.views.directory(account, together)
			.map((known) -> version.alert()
				.recipients()
				.stream()
				.map((recipient) -> this.views.recipient(recipient, known))
				.toList());
	}

	private Mono<OverdueWatchView> watch(AccountId account, AlertVersion version, Together<AlertVersion> together) {
		OverdueWatch watch = version.alert().watch();
		return (watch == null) ? Mono.empty()
				: this.views.integrations(account, together).map((names) -> this.views.watch(account, watch, names));
	}

	/** Which versions of each alert are asked for. */
	private record Asked(long below, int most) {
	}

	/** An operator as the schema shows it. */
	record OperatorView(ConditionOperator operator, String label, OperatorValue value, boolean hasCase) {
	}

}
