package dev.belfry.notifier;

import java.util.List;

import dev.belfry.catalog.Formats;
import dev.belfry.catalog.GlobalNotification;
import dev.belfry.delivery.CauseLog;
import dev.belfry.delivery.MailContent;
import dev.belfry.jobs.JobMessage;

/** When a global notification is due, and what its e-mails say. Pure. */
interface GlobalRule {

	GlobalNotification notification();

	/** The notification's key. */
	default String type() {
		return notification().type();
	}

	/** The log that tells of it. */
	CauseLog log();

	/** Whether it is about entries of this kind, though maybe not about this one. */
	boolean isAboutEntriesLike(Entry entry);

	/** Whether it is about this entry of its log. */
	boolean concerns(Entry entry);

	/** The e-mail about one entry. */
	MailContent one(Entry entry, List<JobMessage> messages, Formats formats);

	/**
	 * The e-mail about many.
	 * @param shown those that it lists
	 * @param all how many there were
	 */
	MailContent many(List<Entry> shown, int all, Formats formats);

	/** What its e-mails can be switched off by. */
	default String topic() {
		return notification().topic();
	}

}
