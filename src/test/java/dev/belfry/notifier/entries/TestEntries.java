package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.Map;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.RecordedJob;

/** Entries of a log, some seconds after an instant. */
public record TestEntries(Instant start) {

	public Entry.Job job(long position, int second) {
		Instant at = this.start.plusSeconds(second);
		return new Entry.Job(new RecordedJob(new JobNotification(position, 1, 1, position, at.minusSeconds(60), at, at,
				0, OriginKind.CHANNEL, JobOutcome.FAILED, "GET_ORDERS", "Get Orders", "Main shop", "Shop",
				"run-" + position, "Failed: the access token has expired", Map.of()), 1, null));
	}

}
