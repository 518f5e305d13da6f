package dev.belfry.notifier;

import java.time.Instant;

import dev.belfry.delivery.CauseLog;
import dev.belfry.events.PlatformEvent;
import dev.belfry.jobs.JobOutcome;
import dev.belfry.jobs.RecordedJob;

/** What a log of an account tells, as rules look at it. */
sealed interface Entry {

	CauseLog log();

	long position();

	Instant recordedAt();

	/** The version of the account's rules that was in force when it was committed. */
	long rulesVersion();

	/** A completed job. */
	record Job(RecordedJob job) implements Entry {

		@Override
		public CauseLog log() {
			return CauseLog.JOBS;
		}

		@Override
		public long position() {
			return this.job.notification().position();
		}

		@Override
		public Instant recordedAt() {
			return this.job.notification().recordedAt();
		}

		@Override
		public long rulesVersion() {
			return this.job.rulesVersion();
		}

		boolean isOf(String operation, JobOutcome outcome) {
			return this.job.notification().operation().equals(operation) && has(outcome);
		}

		boolean has(JobOutcome outcome) {
			return this.job.notification().outcome() == outcome;
		}

	}

	/** Something that happened on the platform. */
	record Event(PlatformEvent event) implements Entry {

		@Override
		public CauseLog log() {
			return CauseLog.EVENTS;
		}

		@Override
		public long position() {
			return this.event.position();
		}

		@Override
		public Instant recordedAt() {
			return this.event.recordedAt();
		}

		@Override
		public long rulesVersion() {
			return this.event.rulesVersion();
		}

		boolean isOf(String type) {
			return this.event.type().equals(type);
		}

	}

}
