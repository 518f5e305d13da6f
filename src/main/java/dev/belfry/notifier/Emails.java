package dev.belfry.notifier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.Formats;
import dev.belfry.delivery.CauseLog;
import dev.belfry.delivery.Email;
import dev.belfry.delivery.MailContent;
import dev.belfry.events.EventLog;
import dev.belfry.jobs.JobMessage;
import dev.belfry.jobs.RecordedJobs;
import dev.belfry.notifier.Judge.Telling;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Writes the e-mails that are due. */
@Component
class Emails {

	private final RecordedJobs jobs;

	private final EventLog events;

	Emails(RecordedJobs jobs, EventLog events) {
		this.jobs = jobs;
		this.events = events;
	}

	/**
	 * One e-mail for each telling, in their order.
	 * @param page the entries at hand; what else the tellings show is read
	 */
	Mono<List<Email>> of(Turn turn, List<Entry> page, List<Telling> tellings) {
		if (tellings.isEmpty()) {
			return Mono.just(List.of());
		}
		return Mono
			.zip(entries(turn, page, tellings, CauseLog.JOBS), entries(turn, page, tellings, CauseLog.EVENTS),
					messages(turn, tellings))
			.publishOn(Schedulers.parallel())
			.map((read) -> write(turn, tellings, Map.of(CauseLog.JOBS, read.getT1(), CauseLog.EVENTS, read.getT2()),
					read.getT3()));
	}

	private static List<Email> write(Turn turn, List<Telling> tellings, Map<CauseLog, Map<Long, Entry>> entries,
			Map<Long, List<JobMessage>> messages) {
		Formats formats = new Formats(turn.style());
		Map<Object, MailContent> written = new HashMap<>();
		List<Email> emails = new ArrayList<>(tellings.size());
		for (Telling telling : tellings) {
			GlobalRule rule = rule(telling);
			Map<Long, Entry> known = Objects.requireNonNull(entries.get(rule.log()));
			List<Entry> shown = telling.shown().stream().map(known::get).filter(Objects::nonNull).toList();
			MailContent content = written.computeIfAbsent(
					List.of(rule.type(), telling.digest(), telling.entries(), telling.shown()),
					(key) -> content(rule, telling, shown, messages, formats));
			emails.add(new Email(rule.topic(), rule.notification().title(), telling.recipient().address(), content,
					rule.log(), telling.shown().get(0), telling.entries(), turn.now()));
		}
		return emails;
	}

	/** What was folded alone reads as if it had been told at once. */
	private static MailContent content(GlobalRule rule, Telling telling, List<Entry> shown,
			Map<Long, List<JobMessage>> messages, Formats formats) {
		return (telling.entries() == 1 && shown.size() == 1)
				? rule.one(shown.get(0), messages.getOrDefault(shown.get(0).position(), List.of()), formats)
				: rule.many(shown, telling.entries(), formats);
	}

	private Mono<Map<Long, Entry>> entries(Turn turn, List<Entry> page, List<Telling> tellings, CauseLog log) {
		Map<Long, Entry> known = page.stream()
			.filter((entry) -> entry.log() == log)
			.collect(Collectors.toMap(Entry::position, (entry) -> entry));
		Set<Long> missing = positions(tellings, log).filter((position) -> !known.containsKey(position))
			.collect(Collectors.toSet());
		if (missing.isEmpty()) {
			return Mono.just(known);
		}
		return read(turn, log, missing).doOnNext((more) -> more.forEach((entry) -> known.put(entry.position(), entry)))
			.thenReturn(known);
	}

	private Mono<? extends List<? extends Entry>> read(Turn turn, CauseLog log, Collection<Long> positions) {
		return (log == CauseLog.JOBS)
				? this.jobs.at(turn.account(), positions).map((found) -> found.stream().map(Entry.Job::new).toList())
				: this.events.byPositions(turn.account(), positions)
					.map((found) -> found.values().stream().map(Entry.Event::new).toList());
	}

	private Mono<Map<Long, List<JobMessage>>> messages(Turn turn, List<Telling> tellings) {
		List<Long> alone = tellings.stream()
			.filter((telling) -> telling.entries() == 1 && rule(telling).log() == CauseLog.JOBS)
			.flatMap((telling) -> telling.shown().stream())
			.distinct()
			.toList();
		return alone.isEmpty() ? Mono.just(Map.of()) : this.jobs.messages(turn.account(), alone);
	}

	private static Stream<Long> positions(List<Telling> tellings, CauseLog log) {
		return tellings.stream()
			.filter((telling) -> rule(telling).log() == log)
			.flatMap((telling) -> telling.shown().stream());
	}

	/** Windows of a rule that is no more are told of no more: there is none such yet. */
	private static GlobalRule rule(Telling telling) {
		return Objects.requireNonNull(GlobalRules.named(telling.recipient().topic()), telling.recipient().topic());
	}

}
