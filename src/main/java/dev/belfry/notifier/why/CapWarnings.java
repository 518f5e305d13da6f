package dev.belfry.notifier.why;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.directory.Accounts;
import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.database.connections.Outages;
import dev.belfry.delivery.caps.DailyCap;
import dev.belfry.delivery.caps.DailyCaps;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.delivery.outbox.OutboxSettings;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.loops.LoopPlan;
import dev.belfry.loops.Loops;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.settings.SettingsVersions;
import dev.belfry.store.Transactions;
import dev.belfry.templates.EmailTexts;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountId;
import reactor.core.publisher.Mono;

/**
 * Warns accounts, once a day, that four fifths of the e-mails they may send on it are
 * used: by an e-mail to the default e-mail, which does not count itself. A warning is
 * noted in the transaction that queues the e-mail, so each is sent once, whoever halts.
 */
@Component
class CapWarnings {

	private static final Logger log = LoggerFactory.getLogger(CapWarnings.class);

	private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

	/** No log tells of it. */
	private static final Cause NOWHERE = new Cause(LogName.EVENTS, 0);

	private static final EmailTexts TEXTS = EmailTexts.of("daily-cap",
			EventField.of(EventFieldType.INTEGER, "used", "Used", "How many of the day are used."),
			EventField.of(EventFieldType.INTEGER, "cap", "Cap", "How many a day may have."),
			EventField.text("day", "Day", "The day, in UTC."));

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final DailyCaps caps;

	private final SettingsVersions settings;

	private final Outbox outbox;

	private final Transactions transactions;

	private final Clock clock;

	CapWarnings(DailyCaps caps, SettingsVersions settings, Outbox outbox, Transactions transactions,
			NotifierSettings notifier, OutboxSettings mail, Clock clock, Loops loops) {
		this.caps = caps;
		this.settings = settings;
		this.outbox = outbox;
		this.transactions = transactions;
		this.clock = clock;
		if (notifier.enabled()) {
			loops.run(LoopPlan
				.every(mail.capWatchInterval(), "cap warnings", "Accounts close to their daily cap could not be read")
				.first(mail.capWatchInterval())
				.within(LONGEST_LOOK), this::warn);
		}
	}

	private Mono<Void> warn() {
		return this.caps.toBeWarned()
			.collectList()
			.flatMapIterable((accounts) -> accounts)
			.concatMap((account) -> this.transactions.run(warn(account))
				.onErrorComplete((problem) -> Outages.isReported(log,
						"Account " + account.value()
								+ " could not be warned of its daily cap; the next run tries again",
						problem)))
			.then();
	}

	private Mono<Void> warn(AccountId account) {
		return this.caps.warned(account)
			.flatMap((first) -> Mono.zip(this.caps.of(account), this.settings.current(account)))
			.flatMap((read) -> {
				String address = read.getT2().settings().defaultEmail();
				return (address == null) ? Mono.empty()
						: this.outbox.queueUncounted(account, List.of(email(address, read.getT1())));
			})
			.then();
	}

	private Email email(String address, DailyCap use) {
		return new Email(Topic.DAILY_EMAIL_CAP, text("title", use), null, address, content(use), NOWHERE, 1, null);
	}

	private MailContent content(DailyCap use) {
		String subject = text("subject", use);
		return new MailContent(subject, subject, List.of(text("lead", use)),
				List.of(new Fact(text("cap", use), number(use.cap())), new Fact(text("used", use), number(use.used())),
						new Fact(text("waiting", use), number(use.waiting()))),
				List.of(), List.of(text("advice", use)));
	}

	private String text(String key, DailyCap use) {
		return TEXTS.write(key, Map.of("used", BigDecimal.valueOf(use.used()), "cap", BigDecimal.valueOf(use.cap()),
				"day", DAY.format(this.clock.instant())), Formats.PLAIN);
	}

	private static String number(int number) {
		return Formats.PLAIN.number(number);
	}

}
