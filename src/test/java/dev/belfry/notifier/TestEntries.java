package dev.belfry.notifier;

import java.time.Instant;
import java.util.Map;

import dev.belfry.accounts.AccountId;
import dev.belfry.jobs.JobNotification;
import dev.belfry.jobs.JobOutcome;
import dev.belfry.jobs.OriginKind;
import dev.belfry.jobs.RecordedJob;

/** Entries of a log, some seconds after an instant. */
record TestEntries(Instant start) {

	Entry.Job job(long position, int second) {
		Instant at = this.start.plusSeconds(second);
		return new Entry.Job(new RecordedJob(new AccountId(1),
				new JobNotification(position, 1, 1, position, at.minusSeconds(60), at, at, 0, OriginKind.CHANNEL,
						JobOutcome.FAILED, "GET_ORDERS", "Get Orders", "Main shop", "Shop", "run-" + position,
						"Failed: the access token has expired", Map.of()),
				1), null);
	}

}
