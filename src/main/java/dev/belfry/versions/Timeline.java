package dev.belfry.versions;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** What was in force over a range of rules versions. */
public final class Timeline<V> {

	private final long from;

	private final long to;

	private final TreeMap<Long, V> versions = new TreeMap<>();

	/** A range with both its ends, over which nothing is in force yet. */
	public Timeline(long from, long to) {
		this.from = from;
		this.to = to;
	}

	/** In force from a rules version on, which may lie before the range. */
	public void add(long rulesVersion, V version) {
		this.versions.put(rulesVersion, version);
	}

	/**
	 * What was in force for an entry that carries this rules version, which must be one
	 * of the range.
	 */
	public V at(long rulesVersion) {
		return Objects.requireNonNull(find(rulesVersion));
	}

	/** Likewise, or null if nothing was. */
	public @Nullable V find(long rulesVersion) {
		if (rulesVersion < this.from || rulesVersion > this.to) {
			throw new IllegalArgumentException(rulesVersion + " is not between " + this.from + " and " + this.to + ".");
		}
		Map.Entry<Long, V> newest = this.versions.floorEntry(rulesVersion);
		return (newest != null) ? newest.getValue() : null;
	}

	/** All that was in force at any time of the range, oldest first. */
	public Collection<V> all() {
		return Collections.unmodifiableCollection(this.versions.values());
	}

}
