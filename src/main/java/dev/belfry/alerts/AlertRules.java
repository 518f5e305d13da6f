package dev.belfry.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.condition.Condition;
import dev.belfry.alerts.condition.ConditionReading;
import dev.belfry.alerts.template.Template;
import dev.belfry.catalog.EventType;
import dev.belfry.catalog.EventTypes;
import dev.belfry.platform.UserError;

/**
 * Makes versions of alerts ready. What it has made of the newest and the most used is
 * remembered: neither condition nor template of a version ever changes.
 */
@Component
public class AlertRules {

	private static final int MOST_REMEMBERED = 20_000;

	private final Cache<Key, Ready> remembered = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

	public AlertRule of(AlertVersion version) {
		Ready ready = this.remembered.get(new Key(version.alertId(), version.version(), version.changedAt()),
				(key) -> ready(version.alert()));
		return rule(version, ready);
	}

	/** What is not saved, and so not remembered. */
	AlertRule ofDraft(Alert draft) {
		return rule(AlertVersion.ofDraft(draft), ready(draft));
	}

	private static AlertRule rule(AlertVersion version, Ready ready) {
		return new AlertRule(version, ready.condition(), ready.template(), ready.fault());
	}

	private static Ready ready(Alert alert) {
		EventType type = EventTypes.find(alert.eventType());
		if (type == null) {
			return Ready.not("This version of Belfry knows no events of the type " + alert.eventType() + ".");
		}
		List<UserError> errors = new ArrayList<>();
		Condition condition = null;
		if (alert.condition() != null) {
			ConditionReading read = Condition.read(type, alert.condition(), List.of("condition"));
			condition = read.condition();
			errors.addAll(read.errors());
		}
		Template.Reading reading = Template.read(type, alert.template().subject(), alert.template().body(),
				List.of("template"));
		errors.addAll(reading.errors());
		return errors.isEmpty() ? new Ready(condition, reading.template(), null)
				: Ready.not(errors.stream().map(UserError::message).collect(Collectors.joining(" ")));
	}

	/**
	 * The numbers of alerts are unique over all accounts. That of a version may be given
	 * again after a failover that lost it, at another time.
	 */
	private record Key(long alertId, int version, Instant changedAt) {
	}

	private record Ready(@Nullable Condition condition, @Nullable Template template, @Nullable String fault) {

		static Ready not(String fault) {
			return new Ready(null, null, fault);
		}

	}

}
