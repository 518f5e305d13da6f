package dev.belfry.notifier.entries;

import java.time.Instant;
import java.util.Objects;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.jobs.log.JobOutcome;
import dev.belfry.jobs.log.RecordedJob;

/** What a log of an account tells, as rules look at it. */
public sealed interface Entry {

	Cause cause();

	default LogName log() {
		return cause().log();
	}

	default long position() {
		return cause().position();
	}

	Instant recordedAt();

	/** The version of the account's rules that was in force when it was committed. */
	long rulesVersion();

	/** The key of the type of event that it is. */
	String eventType();

	/** It as an event; of a completion, only if alerts look at it. */
	PlatformEvent event();

	/** A completed job. */
	record Job(RecordedJob job) implements Entry {

		@Override
		public Cause cause() {
			return new Cause(LogName.JOBS, this.job.notification().position());
		}

		@Override
		public Instant recordedAt() {
			return this.job.notification().recordedAt();
		}

		@Override
		public long rulesVersion() {
			return this.job.rulesVersion();
		}

		@Override
		public String eventType() {
			return EventTypes.JOB_COMPLETED.key();
		}

		@Override
		public PlatformEvent event() {
			return Objects.requireNonNull(this.job.event(), "The event of this entry was not read.");
		}

		public boolean isOf(String operation, JobOutcome outcome) {
			return this.job.notification().job().operation().equals(operation) && has(outcome);
		}

		public boolean has(JobOutcome outcome) {
			return this.job.notification().job().outcome() == outcome;
		}

	}

	/** Something that happened on the platform. */
	record Event(PlatformEvent event) implements Entry {

		@Override
		public Cause cause() {
			return this.event.cause();
		}

		@Override
		public Instant recordedAt() {
			return this.event.recordedAt();
		}

		@Override
		public long rulesVersion() {
			return this.event.rulesVersion();
		}

		@Override
		public String eventType() {
			return this.event.type();
		}

	}

}
