package dev.belfry.alerts.trials;

import java.util.List;
import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.editing.AlertReader;
import dev.belfry.alerts.editing.AlertReferenceChecks;
import dev.belfry.alerts.editing.AlertUpdates;
import dev.belfry.alerts.editing.NewAlertInput;
import dev.belfry.alerts.recipients.AlertIds;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertRules;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Ids;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Alerts for previews, tests and dry runs: saved ones, and drafts. */
@Component
public class AlertTrialService {

	private final AlertVersions versions;

	private final AlertReferenceChecks references;

	private final AlertRules rules;

	private final Ids ids;

	private final TenantWork work;

	AlertTrialService(AlertVersions versions, AlertReferenceChecks references, AlertRules rules, Ids ids,
			TenantWork work) {
		this.versions = versions;
		this.references = references;
		this.rules = rules;
		this.ids = ids;
		this.work = work;
	}

	/**
	 * A saved alert as it is now, or a draft, which is checked as a new alert is; without
	 * a fault. Empty, and the errors say why, if there is no such alert, or it cannot be
	 * held against events, or the draft is not good.
	 */
	public Mono<AlertRule> rule(AccountId account, TriedAlertInput input, InputErrors errors) {
		return (input.id() != null) ? saved(account, input.id(), errors.at("id"))
				: draft(account, Objects.requireNonNull(input.draft()), errors.at("draft"));
	}

	/**
	 * What each part of the rule's condition comes to for an event, each before those
	 * within it. Nothing for an alert about every event of its type.
	 */
	public List<ExplainedPart> explain(AlertRule rule, PlatformEvent event, AccountStyle style) {
		return (rule.condition() == null) ? List.of()
				: ExplainedPart.of(rule.condition().explain(AlertRule.subject(event, style)));
	}

	private Mono<AlertRule> saved(AccountId account, String id, InputErrors errors) {
		Long alertId = this.ids.decode(Ids.Kind.ALERT, account, id);
		Mono<AlertVersion> current = (alertId != null) ? this.versions.current(account, alertId) : Mono.empty();
		return current.publishOn(this.work.of(account))
			.map((version) -> this.rules.of(account, version))
			.singleOptional()
			.mapNotNull((found) -> {
				AlertRule rule = found.orElse(null);
				if (rule == null) {
					errors.add(UserErrorCode.NOT_FOUND, AlertUpdates.NO_ALERT);
				}
				else if (rule.fault() != null) {
					errors.add(UserErrorCode.NOT_POSSIBLE, rule.fault());
				}
				return errors.isEmpty() ? rule : null;
			});
	}

	private Mono<AlertRule> draft(AccountId account, NewAlertInput input, InputErrors errors) {
		return Mono.fromSupplier(() -> AlertReader.read(input.change(), null, new AlertIds(this.ids, account), errors))
			.subscribeOn(this.work.of(account))
			.flatMap((reading) -> this.references.check(account, null, reading))
			.publishOn(this.work.of(account))
			.map(this.rules::ofDraft);
	}

}
