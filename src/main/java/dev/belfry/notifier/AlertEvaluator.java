package dev.belfry.notifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.alerts.AlertRule;
import dev.belfry.alerts.AlertsInForce;
import dev.belfry.alerts.Directories;
import dev.belfry.alerts.Directory;
import dev.belfry.alerts.Held;
import dev.belfry.alerts.Recipient;
import dev.belfry.alerts.RecipientResolver;
import dev.belfry.alerts.RecipientResolver.Addressed;
import dev.belfry.alerts.RecipientResolver.Resolved;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.catalog.EventTypes;
import reactor.core.publisher.Mono;

/**
 * Holds the alerts that were in force against entries. Whether one matches depends on the
 * entry and its version alone; whom it tells, on who is there now. One that fails is
 * noted, and the others go on.
 */
@Component
class AlertEvaluator {

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
		return found.stream().anyMatch(Alerted::isMatch) ? resolve(governed.turn().account(), found) : Mono.just(found);
	}

	private static List<AlertRule> candidates(Governed governed, Entry entry) {
		AlertsInForce inForce = governed.alerts().at(entry.rulesVersion(), entry.eventType());
		return inForce.all().isEmpty() ? List.of() : inForce.candidates(entry.event(), governed.turn().style());
	}

	/** What comes of an alert and an entry of its type; null if it does not match. */
	static @Nullable Alerted evaluate(AlertRule rule, Entry entry, AccountStyle style) {
		Held held = rule.against(entry.event(), style);
		return held.isMatch() ? Alerted.matched(entry, rule.version())
				: (held.error() != null) ? Alerted.failed(entry, rule.version(), held.error()) : null;
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

	/** Whom one that matched tells. */
	static Alerted resolved(Alerted alerted, Directory directory) {
		Entry entry = alerted.entry();
		Resolved resolved = RecipientResolver.resolve(alerted.alert().alert().recipients(),
				EventTypes.named(entry.eventType()), entry.event().payload(), directory);
		return alerted.telling(resolved.addressed().stream().map(Addressed::address).toList(), resolved.unresolved());
	}

}
