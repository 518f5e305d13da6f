package dev.belfry.alerts.rules;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.belfry.alerts.overdue.OverdueWatch;
import dev.belfry.catalog.types.Topic;
import dev.belfry.versions.Versioned;
import dev.belfry.viewer.Author;

/**
 * An alert as it was, or is, in force.
 *
 * @param version 1, 2, 3 … without holes
 * @param rulesVersion entries of the account's logs that carry this number or a higher
 * one were committed after the change
 * @param deleted whether this is the version by which the alert ended
 * @param createdAt when its first version was made
 */
public record AlertVersion(long alertId, int version, long rulesVersion, Alert alert, boolean deleted,
		Instant createdAt, Instant changedAt, Author author) implements Versioned {

	/** What an alert would be that nobody has made: it has no number and no author. */
	static AlertVersion ofDraft(Alert draft) {
		return new AlertVersion(0, 0, 0, draft, false, Instant.EPOCH, Instant.EPOCH, new Author(null, ""));
	}

	/** What its e-mails are sent for and can be switched off for. */
	public Topic topic() {
		return Topic.alert(this.alertId);
	}

	/** Its own, if e-mails are sent of it. */
	public Set<Topic> topics() {
		return isOn() ? Set.of(topic()) : Set.of();
	}

	/** Whether it is on. */
	public boolean isOn() {
		return this.alert.enabled() && !this.deleted;
	}

	/** The alerts that these are versions of. */
	public static List<Long> ids(Collection<AlertVersion> versions) {
		return versions.stream().map(AlertVersion::alertId).toList();
	}

	/** What those of them watch that are about overdue jobs. */
	public static List<OverdueWatch> watches(Collection<AlertVersion> versions) {
		return versions.stream()
			.map((version) -> version.alert().watch())
			.flatMap(Stream::ofNullable)
			.distinct()
			.toList();
	}

}
