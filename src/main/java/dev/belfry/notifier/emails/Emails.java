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
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobMessages;
import dev.belfry.notifier.entries.Entries;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.EmailWording;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.global.JobRule;
import dev.belfry.notifier.matching.AccountTurn;
import dev.belfry.notifier.matching.AlertMatch;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Writes the e-mails that are due. */
@Component
public class Emails {

	private final JobMessages messages;

	private final Entries entries;

	private final AlertWordings alerts;

	private final TenantWork work;

	Emails(JobMessages messages, Entries entries, AlertWordings alerts, TenantWork work) {
		this.messages = messages;
		this.entries = entries;
		this.alerts = alerts;
		this.work = work;
	}

	/**
	 * Writes each that is due, in their order.
	 * @param page the entries at hand, and {@code matches} what alerts made of them; what
	 * else the e-mails show is read
	 */
	public Mono<List<Email>> of(AccountTurn turn, List<Entry> page, List<AlertMatch> matches, List<DueEmail> due) {
		return due.isEmpty() ? Mono.just(List.of())
				: this.alerts.of(turn, matches, due).flatMap((alerts) -> of(turn, page, due, wordings(due, alerts)));
	}

	private Mono<List<Email>> of(AccountTurn turn, List<Entry> page, List<DueEmail> due,
			Map<Topic, EmailWording> wordings) {
		Set<Cause> shown = due.stream().flatMap((email) -> causes(email, wordings)).collect(Collectors.toSet());
		return Mono.zip(entries(turn, page, shown), messages(turn, due, wordings)).flatMap((read) -> {
			Writing writing = new Writing(wordings, read.getT1(), read.getT2(), new Formats(turn.style()));
			return this.work.inParts(turn.account(), due, writing::write).thenReturn(writing.written);
		});
	}

	/** No rule of which a window is open has gone yet. */
	private static Map<Topic, EmailWording> wordings(List<DueEmail> due, Map<Topic, EmailWording> alerts) {
		Map<Topic, EmailWording> wordings = new HashMap<>();
		for (DueEmail email : due) {
			Topic topic = email.recipient().topic();
			EmailWording global = GlobalRules.named(topic);
			wordings.put(topic, Objects.requireNonNull((global != null) ? global : alerts.get(topic), topic.key()));
		}
		return wordings;
	}

	private static EmailWording wording(DueEmail email, Map<Topic, EmailWording> wordings) {
		return Objects.requireNonNull(wordings.get(email.recipient().topic()));
	}

	private static Stream<Cause> causes(DueEmail email, Map<Topic, EmailWording> wordings) {
		LogName log = wording(email, wordings).log();
		return email.shown().stream().map((position) -> new Cause(log, position));
	}

	/** What was folded alone reads as if it had been sent at once. */
	private static MailContent content(EmailWording wording, DueEmail due, List<Entry> shown,
			Map<Long, List<JobMessage>> messages, Formats formats) {
		return (due.isOfOne() && shown.size() == 1)
				? wording.one(shown.get(0), messages.getOrDefault(shown.get(0).position(), List.of()), formats)
				: wording.many(shown, due.entries(), formats);
	}

	private Mono<Map<Cause, Entry>> entries(AccountTurn turn, List<Entry> page, Set<Cause> shown) {
		Map<Cause, Entry> known = page.stream().collect(Collectors.toMap(Entry::cause, Function.identity()));
		List<Cause> missing = shown.stream().filter((cause) -> !known.containsKey(cause)).toList();
		return this.entries.at(turn.account(), missing)
			.doOnNext((more) -> more.forEach((entry) -> known.put(entry.cause(), entry)))
			.thenReturn(known);
	}

	private Mono<Map<Long, List<JobMessage>>> messages(AccountTurn turn, List<DueEmail> due,
			Map<Topic, EmailWording> wordings) {
		List<Long> alone = due.stream()
			.filter((email) -> email.isOfOne() && wording(email, wordings) instanceof JobRule)
			.map((email) -> email.shown().get(0))
			.distinct()
			.toList();
		return alone.isEmpty() ? Mono.just(Map.of()) : this.messages.of(turn.account(), alone);
	}

	/** Writes one e-mail after the other. */
	private static final class Writing {

		private final Map<Topic, EmailWording> wordings;

		private final Map<Cause, Entry> entries;

		private final Map<Long, List<JobMessage>> messages;

		private final Formats formats;

		private final Map<Object, MailContent> contents = new HashMap<>();

		private final List<Email> written = new ArrayList<>();

		Writing(Map<Topic, EmailWording> wordings, Map<Cause, Entry> entries, Map<Long, List<JobMessage>> messages,
				Formats formats) {
			this.wordings = wordings;
			this.entries = entries;
			this.messages = messages;
			this.formats = formats;
		}

		void write(DueEmail due) {
			EmailWording wording = wording(due, this.wordings);
			List<Cause> causes = causes(due, this.wordings).toList();
			List<Entry> shown = causes.stream().map(this.entries::get).filter(Objects::nonNull).toList();
			MailContent content = this.contents.computeIfAbsent(
					List.of(wording.topic(), due.digest(), due.entries(), due.shown()),
					(key) -> content(wording, due, shown, this.messages, this.formats));
			this.written.add(new Email(wording.topic(), wording.title(), wording.alertVersion(due.shown().get(0)),
					due.recipient().address(), content, causes.get(0), due.entries(), null));
		}

	}

}
