package dev.belfry.notifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.alerts.AlertRule;
import dev.belfry.alerts.AlertsInForce;
import dev.belfry.alerts.Directories;
import dev.belfry.alerts.Directory;
import dev.belfry.alerts.Recipient;
import dev.belfry.alerts.RecipientResolver;
import dev.belfry.alerts.RecipientResolver.Addressed;
import dev.belfry.alerts.RecipientResolver.Resolved;
import dev.belfry.alerts.condition.ConditionFailure;
import dev.belfry.alerts.condition.Subject;
import dev.belfry.alerts.template.TemplateFailure;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.catalog.EventTypes;
import dev.belfry.catalog.Formats;
import reactor.core.publisher.Mono;

/**
 * Holds the alerts that were in force against entries. Whether one matches depends on the
 * entry and its version alone; whom it tells, on who is there now. One that fails is
 * noted, and the others go on.
 */
@Component
class AlertEvaluator {

	private static final Logger log = LoggerFactory.getLogger(AlertEvaluator.class);

	private final Directories directories;

	AlertEvaluator(Directories directories) {
		this.directories = directories;
	}

	/** Those that matched or failed, in the order of the entries and of the alerts. */
	Mono<List<Alerted>> evaluate(Governed governed, List<Entry> entries) {
		List<Alerted> found = new ArrayList<>();
		for (Entry entry : entries) {
			candidates(governed, entry).forEach((rule) -> {
				Alerted alerted = evaluate(rule, entry, governed.turn().style());
				if (alerted != null) {
					found.add(alerted);
				}
			});
		}
		return found.stream().anyMatch(Alerted::isMatch) ? resolve(governed.turn().account(), found)
				: Mono.just(found);
	}

	private static List<AlertRule> candidates(Governed governed, Entry entry) {
		AlertsInForce inForce = governed.alerts().at(entry.rulesVersion(), entry.eventType());
		return inForce.all().isEmpty() ? List.of() : inForce.candidates(subject(entry, governed.turn().style()));
	}

	/** What comes of an alert and an entry of its type; null if it does not match. */
	static @Nullable Alerted evaluate(AlertRule rule, Entry entry, AccountStyle style) {
		try {
			if (rule.template() == null) {
				return Alerted.failed(entry, rule.version(), String.valueOf(rule.fault()));
			}
			if (rule.condition() != null && !rule.condition().matches(subject(entry, style))) {
				return null;
			}
			rule.template().render(entry.event().payload(), new Formats(style));
			return Alerted.matched(entry, rule.version());
		}
		catch (ConditionFailure | TemplateFailure failure) {
			return Alerted.failed(entry, rule.version(), String.valueOf(failure.getMessage()));
		}
		catch (RuntimeException fault) {
			log.error("Alert {} could not be held against {} {} for a fault of ours", rule.version().alertId(),
					entry.log(), entry.position(), fault);
			return Alerted.failed(entry, rule.version(), "A fault of Belfry's; the operator finds it in the log.");
		}
	}

	static Subject subject(Entry entry, AccountStyle style) {
		return new Subject(entry.event().payload(), entry.recordedAt(), style.zone());
	}

	/** Whom those that matched tell. */
	Mono<List<Alerted>> resolve(AccountId account, List<Alerted> found) {
		Set<Recipient> recipients = found.stream()
			.filter(Alerted::isMatch)
			.flatMap((alerted) -> alerted.alert().alert().recipients().stream())
			.collect(Collectors.toSet());
		return this.directories.of(account, recipients)
			.map((directory) -> found.stream()
				.map((alerted) -> alerted.isMatch() ? resolved(alerted, directory) : alerted)
				.toList());
	}

	private static Alerted resolved(Alerted alerted, Directory directory) {
		Entry entry = alerted.entry();
		Resolved resolved = RecipientResolver.resolve(alerted.alert().alert().recipients(),
				EventTypes.named(entry.eventType()), entry.event().payload(), directory);
		return alerted.telling(resolved.addressed().stream().map(Addressed::address).toList(), resolved.unresolved());
	}

}
