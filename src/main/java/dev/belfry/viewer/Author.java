package dev.belfry.viewer;

import org.jspecify.annotations.Nullable;
import org.springframework.data.relational.core.mapping.Column;

/**
 * One who changes what an account has.
 *
 * @param userId null for one who is no user
 * @param name as it was at the time
 */
public record Author(@Nullable Long userId, @Column("changed_by") String name) {

	public static Author of(Viewer viewer) {
		User user = viewer.user();
		return (user != null) ? new Author(user.userId(), user.name()) : new Author(null, "API key");
	}

}
