package dev.belfry.testing;

/** The state of a bell, as far as tests look at it. */
public record BellBadge(String id, int unseenCount, int unseenProblemCount, int unreadCount, String cursor,
		String seenThrough, String readThrough) {
}
