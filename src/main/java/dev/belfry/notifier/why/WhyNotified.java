package dev.belfry.notifier.why;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.alerts.rules.AlertsInForce;
import dev.belfry.catalog.types.Topic;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.GlobalRule;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.notifier.matching.AlertEvaluations;
import dev.belfry.notifier.matching.AlertEvaluations.AlertOutcome;
import dev.belfry.notifier.matching.AlertEvaluator;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.settings.SettingsVersions;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.store.Rows;
import dev.belfry.values.Steps;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/**
 * Says afterwards why an entry led to e-mails or to none: by the settings that were in
 * force, which are kept, and by what was stored of those that it led to.
 */
@Component
class WhyNotified {

	private static final Query<Boolean> EVALUATED = Query.of("""
			select case $2 when 'JOBS' then job_position else event_position end >= $3 as evaluated
			from notifier_progress where account_id = $1""", (row) -> Rows.get(row, "evaluated", Boolean.class));

	private static final Query<EmailOutcome> EMAILS = Query.of("""
			select o.topic, o.address, o.delivery_id,
			       case when o.delivery_id is null then w.closes_at end as waits_until
			from notification_outcome o
			left join noise_window w on w.account_id = $1 and w.topic = o.topic and w.address = o.address
			where o.account_id = $1 and o.log = $2 and o.position = $3 order by o.topic, o.address""",
			WhyNotified::email);

	private final AccountDatabase database;

	private final SettingsVersions settings;

	private final AlertVersions alerts;

	private final AlertEvaluations evaluations;

	private final TenantWork work;

	WhyNotified(AccountDatabase database, SettingsVersions settings, AlertVersions alerts, AlertEvaluations evaluations,
			TenantWork work) {
		this.database = database;
		this.settings = settings;
		this.alerts = alerts;
		this.evaluations = evaluations;
		this.work = work;
	}

	/**
	 * @param style how the account reads dates
	 */
	Mono<Why> of(AccountId account, Entry entry, AccountStyle style) {
		long rules = entry.rulesVersion();
		Mono<Boolean> evaluated = this.database.one(account, EVALUATED, entry.log().name(), entry.position())
			.defaultIfEmpty(false);
		Mono<List<EmailOutcome>> emails = this.database.all(account, EMAILS, entry.log().name(), entry.position())
			.collectList();
		return Mono
			.zip(evaluated, emails, this.settings.of(account, rules, rules), this.alerts.of(account, rules, rules),
					this.evaluations.of(account, entry))
			.publishOn(this.work.of(account))
			.flatMap((read) -> alerts(account, new Outcomes(entry, style, read.getT1(), read.getT2(), read.getT5()),
					read.getT4().at(rules, entry.eventType()))
				.map((alerts) -> new Why(read.getT1(), read.getT3().at(rules).version(),
						considered(entry, read.getT1(), read.getT2(), read.getT3().at(rules)), alerts)));
	}

	/** In parts, as it can take long to see why one does not match. */
	private Mono<List<ConsideredAlert>> alerts(AccountId account, Outcomes outcomes, AlertsInForce inForce) {
		return Mono.defer(() -> {
			List<ConsideredAlert> considered = new ArrayList<>();
			return this.work.inParts(account, inForce.all(), (rule) -> considered.add(outcomes.of(rule)))
				.thenReturn(considered);
		});
	}

	private static ConsideredAlert matched(AlertVersion alert, AlertOutcome outcome, List<EmailOutcome> emails) {
		String reason = "It matched version " + outcome.version() + " of the alert";
		return emails.isEmpty()
				? new ConsideredAlert(alert, NotificationVerdict.NOBODY_TO_TELL,
						reason + ", but its recipients had no address.", emails, outcome.unresolved())
				: new ConsideredAlert(alert, NotificationVerdict.NOTIFIED, reason + ".", emails, outcome.unresolved());
	}

	private static List<Considered> considered(Entry entry, boolean evaluated, List<EmailOutcome> emails,
			SettingsVersion settings) {
		List<Considered> considered = new ArrayList<>();
		for (GlobalRule rule : GlobalRules.of(entry.log())) {
			if (rule.isAboutEntriesLike(entry)) {
				considered.add(considered(rule, entry, evaluated, emails, settings));
			}
		}
		return considered;
	}

	private static Considered considered(GlobalRule rule, Entry entry, boolean evaluated, List<EmailOutcome> emails,
			SettingsVersion settings) {
		String title = rule.notification().title();
		if (!settings.enabled(rule.type())) {
			return new Considered(rule, NotificationVerdict.SWITCHED_OFF,
					title + " was off when this was recorded (version " + settings.version() + " of the settings).",
					List.of());
		}
		if (!rule.concerns(entry)) {
			return new Considered(rule, NotificationVerdict.NOT_CONCERNED, "This is not what " + title + " is about.",
					List.of());
		}
		if (!evaluated) {
			return new Considered(rule, NotificationVerdict.NOT_EVALUATED, "The notifier has not evaluated this yet.",
					List.of());
		}
		List<EmailOutcome> its = emails.stream().filter((each) -> each.topic().equals(rule.topic())).toList();
		String reason = title + " was on when this was recorded (version " + settings.version() + " of the settings)";
		return its.isEmpty()
				? new Considered(rule, NotificationVerdict.NOBODY_TO_TELL, reason + ", but had no address.", its)
				: new Considered(rule, NotificationVerdict.NOTIFIED, reason + ".", its);
	}

	private static EmailOutcome email(Readable row) {
		return new EmailOutcome(new Topic(Rows.text(row, "topic")), Rows.text(row, "address"),
				row.get("delivery_id", Long.class), row.get("waits_until", Instant.class));
	}

	/** What is known of an entry, by which each alert is looked at. */
	private static final class Outcomes {

		private final Entry entry;

		private final AccountStyle style;

		private final boolean evaluated;

		private final List<EmailOutcome> emails;

		private final Map<Long, AlertOutcome> kept;

		private final Steps steps = new Steps();

		Outcomes(Entry entry, AccountStyle style, boolean evaluated, List<EmailOutcome> emails,
				Map<Long, AlertOutcome> kept) {
			this.entry = entry;
			this.style = style;
			this.evaluated = evaluated;
			this.emails = emails;
			this.kept = kept;
		}

		ConsideredAlert of(AlertRule rule) {
			AlertVersion alert = rule.version();
			AlertOutcome outcome = this.kept.get(alert.alertId());
			if (outcome == null) {
				return this.evaluated
						? new ConsideredAlert(alert, NotificationVerdict.NOT_CONCERNED, whyNot(rule), List.of(),
								List.of())
						: new ConsideredAlert(alert, NotificationVerdict.NOT_EVALUATED,
								"The notifier has not evaluated this yet.", List.of(), List.of());
			}
			return (outcome.error() != null)
					? new ConsideredAlert(alert, NotificationVerdict.FAILED, outcome.error(), List.of(), List.of())
					: matched(alert, outcome,
							this.emails.stream().filter((each) -> each.topic().equals(alert.topic())).toList());
		}

		/** As much is looked at as was evaluated. */
		private String whyNot(AlertRule rule) {
			return (this.steps.used() < AlertEvaluator.MOST_STEPS)
					? rule.whyNot(this.entry.event(), this.style, this.steps)
					: "It did not match. What was not true is not shown, because that takes too long.";
		}

	}

	/** What came of an entry. */
	record Why(boolean evaluated, int settingsVersion, List<Considered> considered, List<ConsideredAlert> alerts) {

		/** All who were to hear of it. */
		Stream<EmailOutcome> emails() {
			return Stream
				.concat(this.considered.stream().map(Considered::emails),
						this.alerts.stream().map(ConsideredAlert::emails))
				.flatMap(List::stream);
		}

	}

	/**
	 * An alert that was on for such entries, and whom it notified.
	 *
	 * @param unresolved why those of its recipients were not notified who were not
	 */
	record ConsideredAlert(AlertVersion alert, NotificationVerdict verdict, String reason, List<EmailOutcome> emails,
			List<String> unresolved) {
	}

	/** A rule that was considered, and whom it notified. */
	record Considered(GlobalRule rule, NotificationVerdict verdict, String reason, List<EmailOutcome> emails) {
	}

	/**
	 * An address that was to hear of it.
	 *
	 * @param deliveryId the e-mail, null while it waits for others
	 */
	record EmailOutcome(Topic topic, String address, @Nullable Long deliveryId, @Nullable Instant waitsUntil) {
	}

}
