package dev.belfry.notifier.emails;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.rules.AlertRule;
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
 * @param matched what is known of the matches, by the positions of their entries
 * @param rules those versions by whose rules an entry is written of alone that was folded
 * before
 */
record AlertWording(AlertVersion newest, Map<Long, Matched> matched, Map<Integer, AlertRule> rules,
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
	public @Nullable Integer alertVersion(long position) {
		Matched match = this.matched.get(position);
		return (match != null) ? match.version() : this.newest.version();
	}

	@Override
	public LogName log() {
		return PlatformEvent.logOf(this.newest.alert().eventType());
	}

	@Override
	public MailContent one(Entry entry, List<JobMessage> messages, Formats formats) {
		Matched match = this.matched.get(entry.position());
		MailContent content = (match != null) ? match.content() : null;
		AlertRule rule = (match != null) ? this.rules.get(match.version()) : null;
		if (content == null && rule != null) {
			content = rule.against(entry.event(), this.style).mail();
		}
		return (content != null) ? content
				: new MailContent(title(), title(), List.of(), List.of(), List.of(), List.of());
	}

	@Override
	public MailContent many(List<Entry> shown, int all, Formats formats) {
		List<List<String>> rows = shown.stream()
			.map((entry) -> List.of(formats.time(entry.event().occurredAt()), subject(entry)))
			.toList();
		return DigestTexts.ofAlert(title(), rows, all, formats);
	}

	private String subject(Entry entry) {
		Matched match = this.matched.get(entry.position());
		return (match != null && match.subject() != null) ? match.subject() : title();
	}

	/**
	 * What is known of a match.
	 *
	 * @param version of the alert
	 * @param subject of its e-mail; null once an address in it was erased
	 * @param content of its e-mail; null if its entry was folded before
	 */
	record Matched(int version, @Nullable String subject, @Nullable MailContent content) {
	}

}
