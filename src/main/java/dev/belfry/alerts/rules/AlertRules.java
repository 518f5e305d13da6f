package dev.belfry.alerts.rules;

import java.time.Instant;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.conditions.tree.Condition;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserError;
import dev.belfry.templates.Template;
import dev.belfry.viewer.AccountId;

/**
 * Makes versions of alerts ready. What it has made of the newest and the most used is
 * remembered: neither condition nor template of a version ever changes.
 */
@Component
public class AlertRules {

	private static final int MOST_REMEMBERED = 20_000;

	private final Cache<Key, Ready> remembered = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

	public AlertRule of(AccountId account, AlertVersion version) {
		Ready ready = this.remembered.get(new Key(account, version.alertId(), version.version(), version.changedAt()),
				(key) -> ready(version.alert()));
		return rule(version, ready);
	}

	/** What is not saved, and so not remembered. */
	public AlertRule ofDraft(Alert draft) {
		return rule(AlertVersion.ofDraft(draft), ready(draft));
	}

	private static AlertRule rule(AlertVersion version, Ready ready) {
		return new AlertRule(version, ready.condition(), ready.template(), ready.fault());
	}

	private static Ready ready(Alert alert) {
		EventType type = EventTypes.find(alert.eventType());
		if (type == null) {
			return Ready.not("This version of Belfry does not have the event type " + alert.eventType() + ".");
		}
		InputErrors errors = new InputErrors();
		Condition condition = (alert.condition() != null) ? Condition.read(type, alert.condition(), errors) : null;
		Template template = Template.read(type, alert.template().subject(), alert.template().body(),
				errors.at("template"));
		return errors.isEmpty() ? new Ready(condition, template, null)
				: Ready.not(errors.list().stream().map(UserError::message).collect(Collectors.joining(" ")));
	}

	/**
	 * The number of a version may be given again after a failover that lost it, at
	 * another time.
	 */
	private record Key(AccountId account, long alertId, int version, Instant changedAt) {
	}

	private record Ready(@Nullable Condition condition, @Nullable Template template, @Nullable String fault) {

		static Ready not(String fault) {
			return new Ready(null, null, fault);
		}

	}

}
