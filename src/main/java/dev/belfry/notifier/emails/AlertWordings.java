package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.rules.AlertRules;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.catalog.types.Topic;
import dev.belfry.notifier.emails.NoiseFilter.Telling;
import dev.belfry.notifier.global.EmailWording;
import dev.belfry.notifier.matching.AccountLease;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertEvaluations.Evaluated;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import reactor.core.publisher.Mono;

/** Finds the words of alerts whose e-mails are due. */
@Component
class AlertWordings {

	private final AlertVersions versions;

	private final AlertEvaluations evaluations;

	private final AlertRules rules;

	AlertWordings(AlertVersions versions, AlertEvaluations evaluations, AlertRules rules) {
		this.versions = versions;
		this.evaluations = evaluations;
		this.rules = rules;
	}

	/**
	 * The words for those tellings that are an alert's, by topic.
	 * @param matches what came of the entries at hand; what was folded before is read
	 */
	Mono<Map<Topic, EmailWording>> of(AccountLease lease, List<AlertMatch> matches, List<Telling> tellings) {
		AccountId account = lease.account();
		Map<Long, Map<Long, AlertVersion>> matched = new HashMap<>();
		matches.stream()
			.filter(AlertMatch::isMatch)
			.forEach((each) -> matched.computeIfAbsent(each.alert().alertId(), (id) -> new HashMap<>())
				.put(each.entry().position(), each.alert()));
		Map<Long, Set<Long>> shown = new HashMap<>();
		for (Telling telling : tellings) {
			Long alertId = telling.recipient().topic().alertId();
			if (alertId != null) {
				shown.computeIfAbsent(alertId, (id) -> new TreeSet<>()).addAll(telling.shown());
			}
		}
		return shown.isEmpty() ? Mono.just(Map.of())
				: folded(account, missing(shown, matched)).doOnNext((before) -> merge(matched, before))
					.then(newest(account, shown.keySet()))
					.map((newest) -> wordings(newest, matched, lease.style()));
	}

	private static List<Evaluated> missing(Map<Long, Set<Long>> shown, Map<Long, Map<Long, AlertVersion>> matched) {
		List<Evaluated> missing = new ArrayList<>();
		shown.forEach((alertId, positions) -> {
			Map<Long, AlertVersion> known = matched.getOrDefault(alertId, Map.of());
			positions.stream()
				.filter((position) -> !known.containsKey(position))
				.forEach((position) -> missing.add(new Evaluated(alertId, position, 0)));
		});
		return missing;
	}

	private Mono<Map<Long, Map<Long, AlertVersion>>> folded(AccountId account, List<Evaluated> missing) {
		return missing.isEmpty() ? Mono.empty()
				: this.evaluations.versionsOf(account, missing).flatMap((found) -> versions(account, found));
	}

	private Mono<Map<Long, Map<Long, AlertVersion>>> versions(AccountId account, List<Evaluated> evaluated) {
		Map<Long, Set<Integer>> wanted = new HashMap<>();
		evaluated
			.forEach((each) -> wanted.computeIfAbsent(each.alertId(), (id) -> new TreeSet<>()).add(each.version()));
		return this.versions.named(account, wanted).collectList().map((all) -> {
			Map<Long, Map<Long, AlertVersion>> found = new HashMap<>();
			for (Evaluated each : evaluated) {
				all.stream()
					.filter((version) -> version.alertId() == each.alertId() && version.version() == each.version())
					.forEach((version) -> found.computeIfAbsent(each.alertId(), (id) -> new HashMap<>())
						.put(each.position(), version));
			}
			return found;
		});
	}

	private static void merge(Map<Long, Map<Long, AlertVersion>> matched, Map<Long, Map<Long, AlertVersion>> more) {
		more.forEach((id, versions) -> matched.computeIfAbsent(id, (any) -> new HashMap<>()).putAll(versions));
	}

	private Mono<List<AlertVersion>> newest(AccountId account, Collection<Long> alertIds) {
		return this.versions.newest(account, alertIds).collectList();
	}

	private Map<Topic, EmailWording> wordings(List<AlertVersion> newest, Map<Long, Map<Long, AlertVersion>> matched,
			AccountStyle style) {
		Map<Topic, EmailWording> wordings = new HashMap<>();
		newest.forEach((version) -> wordings.put(version.topic(),
				new AlertWording(version, matched.getOrDefault(version.alertId(), Map.of()), this.rules, style)));
		return wordings;
	}

}
