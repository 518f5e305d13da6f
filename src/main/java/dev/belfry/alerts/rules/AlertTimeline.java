package dev.belfry.alerts.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.belfry.versions.Timeline;
import dev.belfry.viewer.AccountId;

/**
 * The alerts of an account that were in force over a range of rules versions. Asking the
 * same again costs a look into a map.
 */
public final class AlertTimeline {

	private final AccountId account;

	private final AlertRules rules;

	/** By the numbers of the alerts, in the order in which they were made. */
	private final Map<Long, Timeline<AlertVersion>> alerts = new TreeMap<>();

	/** What changed for events of a type, by the types. */
	private final Map<String, Timeline<AlertVersion>> changes = new HashMap<>();

	private final Timeline<AlertVersion> nothing;

	private final Set<String> everOn;

	private final Map<Moment, AlertsInForce> inForce = new ConcurrentHashMap<>();

	AlertTimeline(AccountId account, long from, long to, List<AlertVersion> versions, AlertRules rules) {
		this.account = account;
		this.rules = rules;
		this.nothing = new Timeline<>(from, to);
		versions.forEach((version) -> this.alerts.computeIfAbsent(version.alertId(), (id) -> new Timeline<>(from, to))
			.add(version.rulesVersion(), version));
		this.alerts.values().forEach((alert) -> addChanges(alert, (type) -> new Timeline<>(from, to)));
		this.everOn = versions.stream()
			.filter(AlertVersion::isOn)
			.map((version) -> version.alert().eventType())
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * A version that is about another type than the one before changes what is in force
	 * for both.
	 */
	private void addChanges(Timeline<AlertVersion> alert, Function<String, Timeline<AlertVersion>> none) {
		AlertVersion before = null;
		for (AlertVersion version : alert.all()) {
			for (AlertVersion concerned : (before != null) ? List.of(before, version) : List.of(version)) {
				this.changes.computeIfAbsent(concerned.alert().eventType(), none).add(version.rulesVersion(), version);
			}
			before = version;
		}
	}

	/** The types of events for which an alert was on at any time of the range. */
	public Set<String> everOn() {
		return this.everOn;
	}

	/**
	 * The alerts that were on for an event of a type, or a job's completion, that carries
	 * this rules version, which must be one of the range.
	 */
	public AlertsInForce at(long rulesVersion, String eventType) {
		AlertVersion changed = this.changes.getOrDefault(eventType, this.nothing).find(rulesVersion);
		return (changed == null) ? AlertsInForce.NONE : this.inForce
			.computeIfAbsent(new Moment(changed.rulesVersion(), eventType), (since) -> find(rulesVersion, eventType));
	}

	/** An alert as it was in force then, on or off; null if there was none. */
	public @Nullable AlertVersion named(long alertId, long rulesVersion) {
		AlertVersion version = this.alerts.getOrDefault(alertId, this.nothing).find(rulesVersion);
		return (version != null && !version.deleted()) ? version : null;
	}

	/** Whether there are such, without making any of them ready. */
	public boolean isAnyOn(long rulesVersion, String eventType) {
		return on(rulesVersion, eventType).findAny().isPresent();
	}

	private AlertsInForce find(long rulesVersion, String eventType) {
		return new AlertsInForce(
				on(rulesVersion, eventType).map((version) -> this.rules.of(this.account, version)).toList());
	}

	private Stream<AlertVersion> on(long rulesVersion, String eventType) {
		return this.alerts.values()
			.stream()
			.map((alert) -> alert.find(rulesVersion))
			.filter(Objects::nonNull)
			.filter((version) -> version.isOn() && version.alert().eventType().equals(eventType));
	}

	/** From when on what is in force for events of a type did not change. */
	private record Moment(long rulesVersion, String eventType) {
	}

}
