package dev.belfry.notifier.why;

import java.util.List;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.views.AlertView;
import dev.belfry.alerts.views.WatchProblems;
import dev.belfry.delivery.history.MailTroubles;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertEvaluations.AlertOutcome;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** What came of alerts, as the schema asks for it. */
@Controller
class AlertEvaluationController {

	private final AlertEvaluations evaluations;

	private final WatchProblems watchProblems;

	private final MailTroubles mailTroubles;

	private final Ids ids;

	AlertEvaluationController(AlertEvaluations evaluations, WatchProblems watchProblems, MailTroubles mailTroubles,
			Ids ids) {
		this.evaluations = evaluations;
		this.watchProblems = watchProblems;
		this.mailTroubles = mailTroubles;
		this.ids = ids;
	}

	@SchemaMapping(typeName = "Alert")
	Mono<Connection<AlertOutcome>> evaluations(AlertView alert, @PageOf(PagedList.EVALUATIONS) PageRequest page) {
		AccountId account = alert.account();
		long below = page.numberAfter(Long.MAX_VALUE);
		return alert.together()
			.read(new Asked(below, page.sought()),
					(all) -> this.evaluations.before(account, AlertVersion.ids(all), below, page.sought()))
			.map((found) -> page.connection(found.getOrDefault(alert.inForce().alertId(), List.of()),
					(outcome) -> SortKey.of(outcome.cause().position()), (shown) -> shown));
	}

	@SchemaMapping(typeName = "Alert")
	Mono<AlertTrouble> trouble(AlertView alert) {
		return alert.together()
			.read(new Asked(Long.MAX_VALUE, AlertTrouble.NUMBER),
					(all) -> this.evaluations.before(alert.account(), AlertVersion.ids(all), Long.MAX_VALUE,
							AlertTrouble.NUMBER))
			.mapNotNull((latest) -> AlertTrouble.of(latest.getOrDefault(alert.inForce().alertId(), List.of())))
			.switchIfEmpty(Mono.defer(() -> mailTrouble(alert)))
			.switchIfEmpty(Mono.defer(() -> this.watchProblems.of(alert))
				.map((problem) -> AlertTrouble.of(problem, alert.changedAt())));
	}

	private Mono<AlertTrouble> mailTrouble(AlertView alert) {
		return alert.together()
			.read(MailTroubles.class,
					(all) -> this.mailTroubles.of(alert.account(), all.stream().map(AlertVersion::topic).toList()))
			.mapNotNull((troubles) -> troubles.get(alert.inForce().topic()))
			.map(AlertTrouble::of);
	}

	@SchemaMapping(typeName = "AlertEvaluation")
	String causeId(AlertOutcome outcome, @ContextValue Viewer viewer) {
		return this.ids.encode(viewer.accountId(), outcome.cause());
	}

	/** Which evaluations of each alert are asked for. */
	private record Asked(long below, int most) {
	}

}
