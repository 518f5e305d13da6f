package dev.belfry.alerts.recipients;

import java.time.Instant;
import java.util.List;

import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;

import dev.belfry.versions.Versioned;
import dev.belfry.viewer.Author;

/**
 * Addresses that alerts name together.
 *
 * @param version 1, 2, 3 … without holes
 */
public record RecipientList(long listId, int version, String name, List<String> addresses, Instant createdAt,
		Instant changedAt, @Embedded(onEmpty = OnEmpty.USE_EMPTY) Author author) implements Versioned {

	/** An account has at most this many lists. */
	static final int MOST = 200;

	static final int MOST_ADDRESSES = 200;

	/** In characters. */
	static final int LONGEST_NAME = 120;

	public RecipientList {
		addresses = List.copyOf(addresses);
	}

	public String changedBy() {
		return this.author.name();
	}

}
