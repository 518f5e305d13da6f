package dev.belfry.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where a page stands in its list, as the Relay cursor connection specification has it.
 */
public record PageInfo(boolean hasNextPage, boolean hasPreviousPage, @Nullable String startCursor,
		@Nullable String endCursor) {
}
