package dev.belfry.notifier.emails;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertRules;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.catalog.types.Topic;
import dev.belfry.notifier.emails.AlertWording.Matched;
import dev.belfry.notifier.global.EmailWording;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Finds what e-mails of alerts say that are due. */
@Component
class AlertWordings {

	private final AlertVersions versions;

	private final AlertEvaluations evaluations;

	private final AlertRules rules;

	private final TenantWork work;

	AlertWordings(AlertVersions versions, AlertEvaluations evaluations, AlertRules rules, TenantWork work) {
		this.versions = versions;
		this.evaluations = evaluations;
		this.rules = rules;
		this.work = work;
	}

	/**
	 * What those e-mails say that are an alert's, by topic.
	 * @param matches what came of the entries at hand; what is kept of others is read
	 */
	Mono<Map<Topic, EmailWording>> of(AccountTurn turn, List<AlertMatch> matches, List<DueEmail> due) {
		Map<Long, Set<Long>> shown = new HashMap<>();
		for (DueEmail email : due) {
			Long alertId = email.recipient().topic().alertId();
			if (alertId != null) {
				shown.computeIfAbsent(alertId, (id) -> new TreeSet<>()).addAll(email.shown());
			}
		}
		if (shown.isEmpty()) {
			return Mono.just(Map.of());
		}
		AccountId account = turn.account();
		Matches known = new Matches();
		matches.stream().filter(AlertMatch::isMatch).forEach(known::add);
		return this.evaluations.matches(account, known.missing(shown))
			.doOnNext((kept) -> known.add(kept.alertId(), kept.position(),
					new Matched(kept.version(), kept.subject(), null)))
			.then(Mono.defer(() -> Mono.zip(this.versions.newest(account, shown.keySet()).collectList(),
					rules(account, known.alone(due)))))
			.map((read) -> wordings(read.getT1(), known, read.getT2(), turn));
	}

	private Mono<Map<Long, Map<Integer, AlertRule>>> rules(AccountId account, Map<Long, Set<Integer>> versions) {
		return versions.isEmpty() ? Mono.just(Map.of()) : this.versions.named(account, versions)
			.publishOn(this.work.of(account))
			.collect(HashMap::new, (rules, version) -> rules.computeIfAbsent(version.alertId(), (id) -> new HashMap<>())
				.put(version.version(), this.rules.of(account, version)));
	}

	private static Map<Topic, EmailWording> wordings(List<AlertVersion> newest, Matches known,
			Map<Long, Map<Integer, AlertRule>> rules, AccountTurn turn) {
		Map<Topic, EmailWording> wordings = new HashMap<>();
		newest.forEach((version) -> wordings.put(version.topic(), new AlertWording(version, known.of(version.alertId()),
				rules.getOrDefault(version.alertId(), Map.of()), turn.style())));
		return wordings;
	}

	/**
	 * What is known of matches, by the numbers of the alerts and the positions of the
	 * entries.
	 */
	private static final class Matches {

		private final Map<Long, Map<Long, Matched>> known = new HashMap<>();

		void add(AlertMatch match) {
			add(match.alert().alertId(), match.entry().position(), new Matched(match.alert().version(),
					(match.content() != null) ? match.content().subject() : null, match.content()));
		}

		void add(long alertId, long position, Matched match) {
			this.known.computeIfAbsent(alertId, (id) -> new HashMap<>()).put(position, match);
		}

		Map<Long, Matched> of(long alertId) {
			return this.known.getOrDefault(alertId, Map.of());
		}

		Map<Long, Collection<Long>> missing(Map<Long, Set<Long>> shown) {
			Map<Long, Collection<Long>> missing = new HashMap<>();
			shown.forEach((alertId, positions) -> {
				Map<Long, Matched> found = of(alertId);
				missing.put(alertId, positions.stream().filter((position) -> !found.containsKey(position)).toList());
			});
			return missing;
		}

		/**
		 * The versions that matched what is written of alone, though it was folded
		 * before.
		 */
		Map<Long, Set<Integer>> alone(List<DueEmail> due) {
			Map<Long, Set<Integer>> versions = new HashMap<>();
			for (DueEmail email : due) {
				Long alertId = email.recipient().topic().alertId();
				Matched match = (alertId != null && email.isOfOne()) ? of(alertId).get(email.shown().get(0)) : null;
				if (alertId != null && match != null && match.content() == null) {
					versions.computeIfAbsent(alertId, (id) -> new TreeSet<>()).add(match.version());
				}
			}
			return versions;
		}

	}

}
