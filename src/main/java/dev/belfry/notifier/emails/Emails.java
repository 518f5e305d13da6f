package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.events.log.EventLog;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobsAsEvents;
import dev.belfry.jobs.log.RecordedJob;
import dev.belfry.jobs.log.RecordedJobs;
import dev.belfry.notifier.emails.Judge.Telling;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.global.JobRule;
import dev.belfry.notifier.global.Wording;
import dev.belfry.notifier.matching.Alerted;
import dev.belfry.notifier.matching.Turn;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Writes the e-mails that are due. */
@Component
public class Emails {

	private final RecordedJobs jobs;

	private final JobsAsEvents jobEvents;

	private final EventLog events;

	private final AlertWordings alerts;

	Emails(RecordedJobs jobs, JobsAsEvents jobEvents, EventLog events, AlertWordings alerts) {
		this.jobs = jobs;
		this.jobEvents = jobEvents;
		this.events = events;
		this.alerts = alerts;
	}

	/**
	 * One e-mail for each telling, in their order.
	 * @param page the entries at hand, and {@code alerted} what alerts made of them; what
	 * else the tellings show is read
	 */
	public Mono<List<Email>> of(Turn turn, List<Entry> page, List<Alerted> alerted, List<Telling> tellings) {
		return tellings.isEmpty() ? Mono.just(List.of())
				: this.alerts.of(turn, alerted, tellings)
					.map((wordings) -> due(tellings, wordings))
					.flatMap((due) -> of(turn, page, due));
	}

	private Mono<List<Email>> of(Turn turn, List<Entry> page, List<Due> due) {
		return Mono
			.zip(entries(turn, page, due, LogName.JOBS), entries(turn, page, due, LogName.EVENTS), messages(turn, due))
			.publishOn(Schedulers.parallel())
			.map((read) -> write(turn, due, Map.of(LogName.JOBS, read.getT1(), LogName.EVENTS, read.getT2()),
					read.getT3()));
	}

	/** Windows of a rule that is no more are told of no more: there is none such yet. */
	private static List<Due> due(List<Telling> tellings, Map<Topic, Wording> alerts) {
		return tellings.stream().map((telling) -> {
			Topic topic = telling.recipient().topic();
			Wording global = GlobalRules.named(topic);
			return new Due(telling, Objects.requireNonNull((global != null) ? global : alerts.get(topic), topic.key()));
		}).toList();
	}

	private static List<Email> write(Turn turn, List<Due> all, Map<LogName, Map<Long, Entry>> entries,
			Map<Long, List<JobMessage>> messages) {
		Formats formats = new Formats(turn.style());
		Map<Object, MailContent> written = new HashMap<>();
		List<Email> emails = new ArrayList<>(all.size());
		for (Due due : all) {
			Telling telling = due.telling();
			Wording wording = due.wording();
			Map<Long, Entry> known = Objects.requireNonNull(entries.get(wording.log()));
			List<Entry> shown = telling.shown().stream().map(known::get).filter(Objects::nonNull).toList();
			MailContent content = written.computeIfAbsent(
					List.of(wording.topic(), telling.digest(), telling.entries(), telling.shown()),
					(key) -> content(wording, telling, shown, messages, formats));
			long first = telling.shown().get(0);
			emails.add(new Email(wording.topic(), wording.title(), wording.alertVersion(first),
					telling.recipient().address(), content, new Cause(wording.log(), first), telling.entries(), null));
		}
		return emails;
	}

	/** What was folded alone reads as if it had been told at once. */
	private static MailContent content(Wording wording, Telling telling, List<Entry> shown,
			Map<Long, List<JobMessage>> messages, Formats formats) {
		return (telling.entries() == 1 && shown.size() == 1)
				? wording.one(shown.get(0), messages.getOrDefault(shown.get(0).position(), List.of()), formats)
				: wording.many(shown, telling.entries(), formats);
	}

	private Mono<Map<Long, Entry>> entries(Turn turn, List<Entry> page, List<Due> due, LogName log) {
		Map<Long, Entry> known = page.stream()
			.filter((entry) -> entry.log() == log)
			.collect(Collectors.toMap(Entry::position, (entry) -> entry));
		Set<Long> missing = due.stream()
			.filter((each) -> each.wording().log() == log)
			.flatMap((each) -> each.telling().shown().stream())
			.filter((position) -> !known.containsKey(position))
			.collect(Collectors.toSet());
		if (missing.isEmpty()) {
			return Mono.just(known);
		}
		return read(turn.account(), log, missing)
			.doOnNext((more) -> more.forEach((entry) -> known.put(entry.position(), entry)))
			.thenReturn(known);
	}

	private Mono<? extends List<? extends Entry>> read(AccountId account, LogName log, Collection<Long> positions) {
		return (log == LogName.JOBS) ? this.jobs.at(account, positions).flatMap((jobs) -> entries(account, jobs))
				: this.events.byPositions(account, positions)
					.map((found) -> found.values().stream().map(Entry.Event::new).toList());
	}

	private Mono<List<Entry.Job>> entries(AccountId account, List<RecordedJob> jobs) {
		return this.jobEvents.of(account, jobs)
			.map((events) -> jobs.stream()
				.map((job) -> new Entry.Job(job, events.get(job.notification().position())))
				.toList());
	}

	private Mono<Map<Long, List<JobMessage>>> messages(Turn turn, List<Due> due) {
		List<Long> alone = due.stream()
			.filter((each) -> each.telling().entries() == 1 && each.wording() instanceof JobRule)
			.flatMap((each) -> each.telling().shown().stream())
			.distinct()
			.toList();
		return alone.isEmpty() ? Mono.just(Map.of()) : this.jobs.messages(turn.account(), alone);
	}

	/** A telling, and in which words. */
	private record Due(Telling telling, Wording wording) {
	}

}
