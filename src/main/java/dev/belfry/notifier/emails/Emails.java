package dev.belfry.notifier.emails;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.ids.Cause;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobMessages;
import dev.belfry.notifier.emails.NoiseFilter.Telling;
import dev.belfry.notifier.entries.Entries;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.EmailWording;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.global.JobRule;
import dev.belfry.notifier.matching.AccountLease;
import dev.belfry.notifier.matching.AlertMatch;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Writes the e-mails that are due. */
@Component
public class Emails {

	private final JobMessages messages;

	private final Entries entries;

	private final AlertWordings alerts;

	Emails(JobMessages messages, Entries entries, AlertWordings alerts) {
		this.messages = messages;
		this.entries = entries;
		this.alerts = alerts;
	}

	/**
	 * One e-mail for each telling, in their order.
	 * @param page the entries at hand, and {@code matches} what alerts made of them; what
	 * else the tellings show is read
	 */
	public Mono<List<Email>> of(AccountLease lease, List<Entry> page, List<AlertMatch> matches,
			List<Telling> tellings) {
		return tellings.isEmpty() ? Mono.just(List.of())
				: this.alerts.of(lease, matches, tellings)
					.map((wordings) -> due(tellings, wordings))
					.flatMap((due) -> of(lease, page, due));
	}

	private Mono<List<Email>> of(AccountLease lease, List<Entry> page, List<Due> due) {
		return Mono.zip(entries(lease, page, due), messages(lease, due))
			.publishOn(Schedulers.parallel())
			.map((read) -> write(lease, due, read.getT1(), read.getT2()));
	}

	/** Windows of a rule that is no more are told of no more: there is none such yet. */
	private static List<Due> due(List<Telling> tellings, Map<Topic, EmailWording> alerts) {
		return tellings.stream().map((telling) -> {
			Topic topic = telling.recipient().topic();
			EmailWording global = GlobalRules.named(topic);
			return new Due(telling, Objects.requireNonNull((global != null) ? global : alerts.get(topic), topic.key()));
		}).toList();
	}

	private static List<Email> write(AccountLease lease, List<Due> all, Map<Cause, Entry> entries,
			Map<Long, List<JobMessage>> messages) {
		Formats formats = new Formats(lease.style());
		Map<Object, MailContent> written = new HashMap<>();
		List<Email> emails = new ArrayList<>(all.size());
		for (Due due : all) {
			Telling telling = due.telling();
			EmailWording wording = due.wording();
			List<Entry> shown = due.shown().map(entries::get).filter(Objects::nonNull).toList();
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
	private static MailContent content(EmailWording wording, Telling telling, List<Entry> shown,
			Map<Long, List<JobMessage>> messages, Formats formats) {
		return (telling.entries() == 1 && shown.size() == 1)
				? wording.one(shown.get(0), messages.getOrDefault(shown.get(0).position(), List.of()), formats)
				: wording.many(shown, telling.entries(), formats);
	}

	private Mono<Map<Cause, Entry>> entries(AccountLease lease, List<Entry> page, List<Due> due) {
		Map<Cause, Entry> known = page.stream().collect(Collectors.toMap(Entry::cause, Function.identity()));
		Set<Cause> missing = due.stream()
			.flatMap(Due::shown)
			.filter((cause) -> !known.containsKey(cause))
			.collect(Collectors.toSet());
		return this.entries.at(lease.account(), missing)
			.doOnNext((more) -> more.forEach((entry) -> known.put(entry.cause(), entry)))
			.thenReturn(known);
	}

	private Mono<Map<Long, List<JobMessage>>> messages(AccountLease lease, List<Due> due) {
		List<Long> alone = due.stream()
			.filter((each) -> each.telling().entries() == 1 && each.wording() instanceof JobRule)
			.flatMap((each) -> each.telling().shown().stream())
			.distinct()
			.toList();
		return alone.isEmpty() ? Mono.just(Map.of()) : this.messages.of(lease.account(), alone);
	}

	/** A telling, and in which words. */
	private record Due(Telling telling, EmailWording wording) {

		Stream<Cause> shown() {
			return this.telling.shown().stream().map((position) -> new Cause(this.wording.log(), position));
		}

	}

}
