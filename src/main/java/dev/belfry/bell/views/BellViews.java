package dev.belfry.bell.views;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.bell.feeds.BellState;
import dev.belfry.bell.feeds.JobBatch;
import dev.belfry.graphql.execution.Position;
import dev.belfry.graphql.execution.Positioned;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.views.JobNotificationView;
import dev.belfry.jobs.views.JobViews;
import dev.belfry.viewer.AccountId;

/** Shows bells and batches as the schema has them. */
@Component
class BellViews {

	private final JobViews jobs;

	private final Ids ids;

	private final Cursors cursors;

	BellViews(JobViews jobs, Ids ids, Cursors cursors) {
		this.jobs = jobs;
		this.ids = ids;
		this.cursors = cursors;
	}

	BellView bell(LogReader reader, long userId, BellState state) {
		AccountId account = reader.account();
		return new BellView(reader, this.ids.encode(Ids.Kind.BELL, account, userId), number(state.unseen()),
				number(state.unseenProblems()), number(state.unread()), cursor(account, state.position()),
				cursor(account, state.seenThrough()), cursor(account, state.readThrough()), Position.at(state));
	}

	BatchView batch(LogReader reader, JobBatch batch) {
		AccountId account = reader.account();
		String end = cursor(account, batch.end());
		return new BatchView(this.jobs.of(reader, batch.entries()), cursor(account, batch.start()), end,
				gap(account, batch), Position.at(end, batch.more()));
	}

	private @Nullable Gap gap(AccountId account, JobBatch batch) {
		Long from = batch.missedFrom();
		return (from == null) ? null
				: new Gap(cursor(account, from), cursor(account, batch.start()), batch.start() - from);
	}

	private String cursor(AccountId account, long position) {
		return this.cursors.encode(account, position);
	}

	/** A GraphQL Int ends at 2^31 - 1; no badge shows more. */
	private static int number(long count) {
		return (int) Math.min(Math.max(count, 0), Integer.MAX_VALUE);
	}

	/** The bell as the schema shows it. */
	record BellView(LogReader reader, String id, int unseenCount, int unseenProblemCount, int unreadCount,
			String cursor, String seenThrough, String readThrough, Position position) implements Positioned {
	}

	/** A range of the log as the schema shows it. */
	record BatchView(List<JobNotificationView> nodes, String startCursor, String endCursor, @Nullable Gap gap,
			Position position) implements Positioned {
	}

	/** A range of the log that retention has removed. */
	record Gap(String from, String to, long missed) {
	}

}
