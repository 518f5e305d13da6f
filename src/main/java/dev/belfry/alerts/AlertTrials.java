package dev.belfry.alerts;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.events.PlatformEvent;
import dev.belfry.platform.UserError;
import dev.belfry.platform.UserErrorCode;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/** Alerts that somebody tries before they tell anybody: saved ones, and drafts. */
@Component
public class AlertTrials {

	private final AlertVersions versions;

	private final AlertSurroundings surroundings;

	private final AlertRules rules;

	private final Ids ids;

	AlertTrials(AlertVersions versions, AlertSurroundings surroundings, AlertRules rules, Ids ids) {
		this.versions = versions;
		this.surroundings = surroundings;
		this.rules = rules;
		this.ids = ids;
	}

	/**
	 * A saved alert as it is now, or a draft, which is checked as a new alert is; without
	 * a fault. Fails with {@link UserErrors} if there is no such alert, or it cannot be
	 * held against events, or the draft is not good.
	 * @param input a {@code TriedAlertInput}
	 * @param path where that stands in the input of the call
	 */
	public Mono<AlertRule> rule(AccountId account, Map<String, Object> input, List<String> path) {
		return (input.get("id") instanceof String id) ? saved(account, id, path)
				: draft(account, draft(input), within(path, List.of("draft")));
	}

	/**
	 * What each part of the rule's condition comes to for an event, each before those
	 * within it. Nothing for an alert about every event of its type.
	 */
	public List<ExplainedPart> explain(AlertRule rule, PlatformEvent event, AccountStyle style) {
		return (rule.condition() == null) ? List.of()
				: ExplainedPart.of(rule.condition().explain(AlertRule.subject(event, style)));
	}

	private Mono<AlertRule> saved(AccountId account, String id, List<String> path) {
		Long alertId = this.ids.decode(Ids.Kind.ALERT, account, id);
		Mono<AlertVersion> current = (alertId != null) ? this.versions.current(account, alertId) : Mono.empty();
		return current.switchIfEmpty(Mono.error(() -> within(path, AlertUpdates.notFound())))
			.map((version) -> sound(this.rules.of(version), path));
	}

	private static AlertRule sound(AlertRule rule, List<String> path) {
		if (rule.fault() != null) {
			throw within(path, UserErrors.at(UserErrorCode.NOT_POSSIBLE, rule.fault(), "id"));
		}
		return rule;
	}

	private Mono<AlertRule> draft(AccountId account, Map<String, Object> input, List<String> path) {
		AlertReading reading = AlertReader.read(input, null, new RecipientIds(this.ids, account));
		return this.surroundings.errors(account, null, reading).map((errors) -> {
			if (!errors.isEmpty() || reading.alert() == null) {
				throw within(path, new UserErrors(errors));
			}
			return this.rules.ofDraft(reading.alert());
		});
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> draft(Map<String, Object> input) {
		return (Map<String, Object>) Objects.requireNonNull(input.get("draft"));
	}

	private static UserErrors within(List<String> path, UserErrors refused) {
		return new UserErrors(refused.errors()
			.stream()
			.map((error) -> new UserError(error.code(), error.message(),
					within(path, Objects.requireNonNullElse(error.field(), List.of()))))
			.toList());
	}

	private static List<String> within(List<String> path, List<String> field) {
		return Stream.concat(path.stream(), field.stream()).toList();
	}

}
