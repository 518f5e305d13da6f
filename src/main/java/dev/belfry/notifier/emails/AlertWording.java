package dev.belfry.notifier.emails;

import java.util.List;
import java.util.Map;

import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertRules;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.global.DigestTexts;
import dev.belfry.notifier.global.EmailWording;
import dev.belfry.viewer.AccountStyle;

/**
 * What the e-mails of an alert say: of each entry, what the version said that it matched.
 *
 * @param newest the version by whose name it goes
 * @param matched the versions that entries matched, by their positions
 */
record AlertWording(AlertVersion newest, Map<Long, AlertVersion> matched, AlertRules rules,
		AccountStyle style) implements EmailWording {

	@Override
	public Topic topic() {
		return this.newest.topic();
	}

	@Override
	public String title() {
		return this.newest.alert().name();
	}

	@Override
	public Integer alertVersion(long position) {
		return this.matched.getOrDefault(position, this.newest).version();
	}

	@Override
	public LogName log() {
		return PlatformEvent.logOf(this.newest.alert().eventType());
	}

	@Override
	public MailContent one(Entry entry, List<JobMessage> messages, Formats formats) {
		return mail(entry);
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		List<List<String>> rows = shown.stream()
			.map((entry) -> List.of(formats.time(entry.event().occurredAt()), mail(entry).subject()))
			.toList();
		return DigestTexts.ofAlert(title(), rows, all, formats);
	}

	/** The name alone if a later Belfry than the one that evaluated knows no words. */
	private MailContent mail(Entry entry) {
		AlertRule rule = this.rules.of(this.matched.getOrDefault(entry.position(), this.newest));
		MailContent mail = rule.against(entry.event(), this.style).mail();
		return (mail != null) ? mail : new MailContent(title(), title(), List.of(), List.of(), List.of(), List.of());
	}

}
