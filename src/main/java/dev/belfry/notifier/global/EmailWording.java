package dev.belfry.notifier.global;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Formats;
import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.notifier.entries.Entry;

/** What the e-mails of a topic say. */
public interface EmailWording {

	/** What the e-mails can be switched off by. */
	Topic topic();

	/** The topic for people. */
	String title();

	/** The version of the alert that an entry matched; null if they are of no alert. */
	@Nullable Integer alertVersion(long position);

	/** The log that they are about. */
	LogName log();

	/** The e-mail about one entry. */
	MailContent one(Entry entry, List<JobMessage> messages, Formats formats);

	/**
	 * The e-mail about many.
	 * @param shown those that it lists
	 * @param all how many there were
	 */
	MailContent many(List<Entry> shown, int all, Formats formats);

}
