package dev.belfry.alerts.recipients;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.viewer.User;

/**
 * Those of an account who can be told, as they are now; as far as somebody asked for
 * them.
 *
 * @param owners the users who own the account
 * @param users by number; who is no longer there is not among them
 * @param lists by number, likewise
 */
public record Directory(List<User> owners, Map<Long, User> users, Map<Long, RecipientList> lists,
		@Nullable String defaultEmail) {
}
