package dev.belfry.notifier.global;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.GlobalNotification;
import dev.belfry.catalog.types.Topic;
import dev.belfry.notifier.entries.Entry;

/** When a global notification is due, and what its e-mails say. Pure. */
public interface GlobalRule extends EmailWording {

	GlobalNotification notification();

	/** The notification's key. */
	default String type() {
		return notification().type();
	}

	/** Whether it is about entries of this kind, though maybe not about this one. */
	boolean isAboutEntriesLike(Entry entry);

	/** Whether it is about this entry of its log. */
	boolean concerns(Entry entry);

	@Override
	default Topic topic() {
		return notification().topic();
	}

	@Override
	default @Nullable Integer alertVersion(long position) {
		return null;
	}

	@Override
	default String title() {
		return notification().title();
	}

}
