package dev.belfry.embedded.postgres;

import org.jspecify.annotations.Nullable;

/** One of PostgreSQL's programs did not do what it was asked. */
class PostgresFailed extends RuntimeException {

	PostgresFailed(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
