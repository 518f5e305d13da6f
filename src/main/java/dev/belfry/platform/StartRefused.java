package dev.belfry.platform;

import org.jspecify.annotations.Nullable;

/** Belfry does not start, for a reason that whoever starts it can remove. */
public final class StartRefused extends RuntimeException {

	private final String action;

	/**
	 * Refuses to start: why, in a sentence or two, and what to do about it.
	 */
	public StartRefused(String why, String action) {
		this(why, action, null);
	}

	public StartRefused(String why, String action, @Nullable Throwable cause) {
		super(why, cause);
		this.action = action;
	}

	public String action() {
		return this.action;
	}

}
