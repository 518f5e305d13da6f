package dev.belfry.settings;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.versions.Versioned;
import dev.belfry.viewer.Author;

/**
 * An account's settings as they were, or are, in force.
 *
 * @param version 1, 2, 3 … without holes; 0 before the first change
 * @param rulesVersion entries of the account's logs that carry this number or a higher
 * one were committed after the change
 * @param change null before the first change
 */
public record SettingsVersion(int version, long rulesVersion, Settings settings,
		@Nullable Change change) implements Versioned {

	/** What is in force before anybody changed anything. */
	static final SettingsVersion FIRST = new SettingsVersion(0, 0, Settings.NONE, null);

	/** Whether a global notification is sent. */
	public boolean enabled(String type) {
		return this.settings.enabled(type);
	}

	/** Where a global notification goes to when it is on; may be nowhere. */
	public List<String> addresses(String type) {
		return this.settings.addresses(type);
	}

	/** Those that e-mails are sent of. */
	Set<Topic> topics() {
		return this.settings.toggles()
			.entrySet()
			.stream()
			.filter((toggle) -> toggle.getValue().enabled())
			.map((toggle) -> Topic.global(toggle.getKey()))
			.collect(Collectors.toSet());
	}

	/** Who made the version, and when. */
	public record Change(Instant changedAt, Author author) {
	}

}
