package dev.belfry.jobs.log;

import dev.belfry.events.log.PlatformEvent;
import org.jspecify.annotations.Nullable;

/**
 * A completion as it was recorded.
 *
 * @param rulesVersion the version of the account's rules that was in force then
 * @param event it as an event; null if nobody looks at it as one
 */
public record RecordedJob(JobNotification notification, long rulesVersion, @Nullable PlatformEvent event) {

	RecordedJob as(PlatformEvent event) {
		return new RecordedJob(this.notification, this.rulesVersion, event);
	}

}
