package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.Map;

import dev.belfry.jobs.integrations.OriginKind;
import dev.belfry.jobs.log.Job;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.RecordedJob;

/** Entries of a log, some seconds after an instant. */
public record TestEntries(Instant start) {

	public Entry.Job job(long position, int second) {
		Instant at = this.start.plusSeconds(second);
		return new Entry.Job(new RecordedJob(new JobNotification(position, 1, 1, position, at, 0, "Get Orders",
				"Failed: the access token has expired", new Job("run-" + position, "GET_ORDERS", OriginKind.CHANNEL,
						"Shop", "Main shop", JobOutcome.FAILED, at.minusSeconds(60), at, Map.of())),
				1, null));
	}

}
