package dev.belfry.jobs.marks;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;

/**
 * Whose log is read, and for which user; null for one who is no user and so marks
 * nothing.
 */
public record LogReader(AccountId account, @Nullable Long userId) {

	public static LogReader of(Viewer viewer) {
		return of(viewer, viewer.accountId());
	}

	/** The platform names the account that it is about. */
	public static LogReader of(Viewer viewer, AccountId account) {
		return new LogReader(account, (viewer.user() != null) ? viewer.user().userId() : null);
	}

}
