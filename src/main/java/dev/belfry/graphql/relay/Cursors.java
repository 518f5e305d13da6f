package dev.belfry.graphql.relay;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.input.Refusal;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;

/**
 * The opaque cursors of an account's log. A position has one cursor, which also carries
 * the log's epoch: a cursor from before a restore is not one of the log as it is now.
 */
@Component
public class Cursors {

	private final PageCursors cursors;

	Cursors(PageCursors cursors) {
		this.cursors = cursors;
	}

	public String encode(AccountId account, long position) {
		return this.cursors.encode(PagedList.JOB_NOTIFICATIONS, account, SortKey.of(position));
	}

	/**
	 * The position that the cursor given as this argument names, null if none is given.
	 * Fails with a {@link Refusal} that names the argument.
	 */
	public @Nullable Long position(AccountId account, @Nullable String cursor, String argument) {
		SortKey key = this.cursors.decode(PagedList.JOB_NOTIFICATIONS, account, cursor, argument);
		return (key != null) ? key.number() : null;
	}

	/** The position, or null if this is no cursor of this account's log and epoch. */
	public @Nullable Long decode(AccountId account, String cursor) {
		SortKey key = this.cursors.decode(PagedList.JOB_NOTIFICATIONS, account, cursor);
		return (key != null) ? key.number() : null;
	}

}
