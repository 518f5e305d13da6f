package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.emails.Digests;
import dev.belfry.notifier.emails.Emails;
import dev.belfry.notifier.emails.NoiseFilter;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.GlobalRule;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.AlertEvaluator;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.notifier.matching.EntryMatches;
import dev.belfry.notifier.matching.TurnWithRules;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Evaluates the next entries of one account, and commits what came of it. */
@Component
class Evaluator {

	private final AlertEvaluator alerts;

	private final Digests digests;

	private final Emails emails;

	private final Outbox outbox;

	private final NotifierStore store;

	private final NotifierSettings settings;

	private final TenantWork work;

	Evaluator(AlertEvaluator alerts, Digests digests, Emails emails, Outbox outbox, NotifierStore store,
			NotifierSettings settings, TenantWork work) {
		this.alerts = alerts;
		this.digests = digests;
		this.emails = emails;
		this.outbox = outbox;
		this.store = store;
		this.settings = settings;
		this.work = work;
	}

	/**
	 * Takes as many of the entries as one transaction can bear, and answers whether more
	 * wait: others, or the same, if another turn was faster.
	 */
	Mono<Boolean> evaluate(TurnWithRules withRules, List<Entry> entries) {
		return this.alerts.evaluate(withRules, entries).flatMap((taken) -> evaluate(withRules, entries, taken));
	}

	private Mono<Boolean> evaluate(TurnWithRules withRules, List<Entry> all, List<EntryMatches> taken) {
		List<Entry> entries = taken.stream().map(EntryMatches::entry).toList();
		List<AlertMatch> matches = taken.stream().flatMap((each) -> each.matches().stream()).toList();
		AccountTurn next = (entries.size() == all.size()) ? next(withRules.turn(), all)
				: part(withRules.turn(), entries);
		boolean sweeps = withRules.turn().windowDue() && next.isAtItsEnd();
		List<Due> due = due(withRules, entries, matches);
		if (due.isEmpty() && matches.isEmpty() && !sweeps) {
			return this.store.done(withRules, next).map((moved) -> !moved || !next.isAtItsEnd());
		}
		return this.store.windows(next.account()).publishOn(this.work.of(next.account())).flatMap((windows) -> {
			NoiseFilter noise = new NoiseFilter(this.settings.window(), windows, next.now());
			due.forEach((each) -> noise.add(each.entry(), each.topic(), each.addresses()));
			if (sweeps) {
				noise.sweep(next.now());
			}
			Verdict verdict = noise.verdict();
			return this.digests.listed(next.account(), verdict)
				.flatMap((emails) -> this.emails.of(next, entries, matches, emails))
				.flatMap((emails) -> {
					TurnResult result = new TurnResult(verdict, this.outbox.batch(next.account(), emails), matches);
					return this.work.inParts(next.account(), result::step)
						.then(Mono.defer(() -> this.store.end(withRules, next, result, sweeps)));
				})
				.map((moved) -> !moved || !next.isAtItsEnd());
		});
	}

	/** By the toggles that were on when each entry was committed, and by the alerts. */
	private static List<Due> due(TurnWithRules withRules, List<Entry> entries, List<AlertMatch> matches) {
		List<Due> due = new ArrayList<>();
		for (Entry entry : entries) {
			SettingsVersion settings = withRules.settings().at(entry.rulesVersion());
			for (GlobalRule rule : GlobalRules.of(entry.log())) {
				if (settings.enabled(rule.type()) && rule.concerns(entry)) {
					due.add(new Due(entry, rule.topic(), settings.addresses(rule.type())));
				}
			}
		}
		matches.forEach((each) -> due.add(new Due(each.entry(), each.alert().topic(), each.addresses())));
		return due;
	}

	/**
	 * Where the turn gets to by all entries of a page; without any of a log, to its end:
	 * no rule looks at it, or what there was has been removed.
	 */
	private static AccountTurn next(AccountTurn turn, List<Entry> page) {
		return turn.movedTo(last(page, LogName.JOBS, turn.jobEnd()), last(page, LogName.EVENTS, turn.eventEnd()));
	}

	/** Where it gets to by the first of them. */
	private static AccountTurn part(AccountTurn turn, List<Entry> first) {
		return turn.movedTo(last(first, LogName.JOBS, turn.jobPosition()),
				last(first, LogName.EVENTS, turn.eventPosition()));
	}

	private static long last(List<Entry> entries, LogName log, long before) {
		return entries.stream().filter((entry) -> entry.log() == log).mapToLong(Entry::position).max().orElse(before);
	}

	/** Addresses that are to be notified of an entry, by a topic of theirs. */
	private record Due(Entry entry, Topic topic, List<String> addresses) {
	}

}
