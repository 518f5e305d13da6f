package dev.belfry.jobs.marks;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;

/**
 * Whose log is read, and for which user; null for one who is no user and so marks
 * nothing.
 */
public record Reader(AccountId account, @Nullable Long userId) {

	public static Reader of(Viewer viewer) {
		return of(viewer, viewer.accountId());
	}

	/** The platform names the account that it is about. */
	public static Reader of(Viewer viewer, AccountId account) {
		return new Reader(account, (viewer.user() != null) ? viewer.user().userId() : null);
	}

}
