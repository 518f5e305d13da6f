package dev.belfry.alerts;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The alerts of an account that were in force over a stretch of rules versions. Asking
 * the same again costs a look into a map.
 */
public final class AlertTimeline {

	private final long from;

	private final long to;

	private final AlertRules rules;

	private final Map<Long, TreeMap<Long, AlertVersion>> versions = new TreeMap<>();

	/**
	 * The rules versions of the stretch at which alerts changed, by the types of events
	 * concerned.
	 */
	private final Map<String, TreeSet<Long>> changes = new HashMap<>();

	private final Set<String> everOn;

	private final Map<Moment, AlertsInForce> inForce = new ConcurrentHashMap<>();

	AlertTimeline(long from, long to, List<AlertVersion> versions, AlertRules rules) {
		this.from = from;
		this.to = to;
		this.rules = rules;
		versions.forEach((version) -> this.versions.computeIfAbsent(version.alertId(), (id) -> new TreeMap<>())
			.put(version.rulesVersion(), version));
		this.versions.values().forEach(this::addChanges);
		this.everOn = versions.stream()
			.filter(AlertVersion::isOn)
			.map((version) -> version.alert().eventType())
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * A version that is about another type than the one before changes what is in force
	 * for both.
	 */
	private void addChanges(TreeMap<Long, AlertVersion> versions) {
		AlertVersion before = null;
		for (AlertVersion version : versions.values()) {
			change(version.alert().eventType(), version.rulesVersion());
			if (before != null) {
				change(before.alert().eventType(), version.rulesVersion());
			}
			before = version;
		}
	}

	private void change(String eventType, long rulesVersion) {
		this.changes.computeIfAbsent(eventType, (type) -> new TreeSet<>()).add(rulesVersion);
	}

	/** The types of events for which an alert was on at any time of the stretch. */
	public Set<String> everOn() {
		return this.everOn;
	}

	/**
	 * The alerts that were on for an event of a type, or a job's completion, that carries
	 * this rules version, which must be one of the stretch.
	 */
	public AlertsInForce at(long rulesVersion, String eventType) {
		check(rulesVersion);
		TreeSet<Long> changes = this.changes.get(eventType);
		Long since = (changes != null) ? changes.floor(rulesVersion) : null;
		return (since == null) ? AlertsInForce.NONE
				: this.inForce.computeIfAbsent(new Moment(since, eventType), this::find);
	}

	/** An alert as it was in force then, on or off; null if there was none. */
	public @Nullable AlertVersion named(long alertId, long rulesVersion) {
		check(rulesVersion);
		TreeMap<Long, AlertVersion> versions = this.versions.get(alertId);
		Map.Entry<Long, AlertVersion> newest = (versions != null) ? versions.floorEntry(rulesVersion) : null;
		return (newest != null && !newest.getValue().deleted()) ? newest.getValue() : null;
	}

	private AlertsInForce find(Moment moment) {
		return new AlertsInForce(this.versions.values()
			.stream()
			.map((versions) -> versions.floorEntry(moment.rulesVersion()))
			.filter(Objects::nonNull)
			.map(Map.Entry::getValue)
			.filter((version) -> version.isOn() && version.alert().eventType().equals(moment.eventType()))
			.sorted(Comparator.comparingLong(AlertVersion::alertId))
			.map(this.rules::of)
			.toList());
	}

	private void check(long rulesVersion) {
		if (rulesVersion < this.from || rulesVersion > this.to) {
			throw new IllegalArgumentException(rulesVersion + " is not between " + this.from + " and " + this.to + ".");
		}
	}

	private record Moment(long rulesVersion, String eventType) {
	}

}
