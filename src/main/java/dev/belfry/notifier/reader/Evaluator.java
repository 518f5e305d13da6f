package dev.belfry.notifier.reader;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Topic;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.emails.Digests;
import dev.belfry.notifier.emails.Emails;
import dev.belfry.notifier.emails.NoiseFilter;
import dev.belfry.notifier.emails.NoiseFilter.Verdict;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.GlobalRule;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.matching.AccountLease;
import dev.belfry.notifier.matching.AlertEvaluator;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.notifier.matching.EntryMatches;
import dev.belfry.notifier.matching.LeaseWithRules;
import dev.belfry.notifier.reader.Notifier.Result;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Evaluates the next entries of one account, and commits what came of it. */
@Component
class Evaluator {

	private final AlertEvaluator alerts;

	private final Digests digests;

	private final Emails emails;

	private final NotifierStore store;

	private final NotifierSettings settings;

	private final TenantWork work;

	Evaluator(AlertEvaluator alerts, Digests digests, Emails emails, NotifierStore store, NotifierSettings settings,
			TenantWork work) {
		this.alerts = alerts;
		this.digests = digests;
		this.emails = emails;
		this.store = store;
		this.settings = settings;
		this.work = work;
	}

	/** Takes as many of the entries as one transaction can bear. */
	Mono<Result> evaluate(LeaseWithRules leased, List<Entry> entries) {
		return this.alerts.evaluate(leased, entries).flatMap((taken) -> evaluate(leased, entries, taken));
	}

	private Mono<Result> evaluate(LeaseWithRules leased, List<Entry> all, List<EntryMatches> taken) {
		List<Entry> entries = taken.stream().map(EntryMatches::entry).toList();
		List<AlertMatch> matches = taken.stream().flatMap((each) -> each.matches().stream()).toList();
		AccountLease next = (entries.size() == all.size()) ? next(leased.lease(), all) : part(leased.lease(), entries);
		boolean sweeps = leased.lease().windowDue() && next.isAtItsEnd();
		List<Due> due = due(leased, entries, matches);
		if (due.isEmpty() && matches.isEmpty() && !sweeps) {
			return Mono.just(new Result(next, false));
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
				.flatMap((emails) -> this.store.commit(next, verdict, emails, matches, sweeps))
				.map((committed) -> committed ? new Result(next, true) : new Result(leased.lease(), false));
		});
	}

	/** By the toggles that were on when each entry was committed, and by the alerts. */
	private static List<Due> due(LeaseWithRules leased, List<Entry> entries, List<AlertMatch> matches) {
		List<Due> due = new ArrayList<>();
		for (Entry entry : entries) {
			SettingsVersion settings = leased.settings().at(entry.rulesVersion());
			for (GlobalRule rule : GlobalRules.of(entry.log())) {
				if (settings.enabled(rule.type()) && rule.concerns(entry)) {
					due.add(new Due(entry, rule.topic(), settings.addresses(rule.type())));
				}
			}
		}
		matches.forEach((each) -> due.add(new Due(each.entry(), each.alert().topic(), each.addresses())));
		return due;
	}

	/** Where the lease gets to by all entries of a page. */
	private static AccountLease next(AccountLease lease, List<Entry> page) {
		long job = reached(page, LogName.JOBS, lease.jobEnd());
		long event = reached(page, LogName.EVENTS, lease.eventEnd());
		boolean atItsEnd = job == lease.jobEnd() && event == lease.eventEnd();
		return lease.movedTo(job, event, atItsEnd ? lease.rulesTo() : lease.rulesFrom());
	}

	/** A full page may have more behind it; any other has shown all there was. */
	private static long reached(List<Entry> page, LogName log, long end) {
		List<Entry> entries = page.stream().filter((entry) -> entry.log() == log).toList();
		return (entries.size() == EntryPages.MOST) ? entries.get(EntryPages.MOST - 1).position() : end;
	}

	/** Where it gets to by the first of them. */
	private static AccountLease part(AccountLease lease, List<Entry> first) {
		return lease.movedTo(last(first, LogName.JOBS, lease.jobPosition()),
				last(first, LogName.EVENTS, lease.eventPosition()), lease.rulesFrom());
	}

	private static long last(List<Entry> entries, LogName log, long before) {
		return entries.stream().filter((entry) -> entry.log() == log).mapToLong(Entry::position).max().orElse(before);
	}

	/** Addresses that are to be notified of an entry, by a topic of theirs. */
	private record Due(Entry entry, Topic topic, List<String> addresses) {
	}

}
