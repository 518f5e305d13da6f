package dev.belfry.alerts.rules;

import java.util.List;

import dev.belfry.conditions.tree.ConditionIndex;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.viewer.AccountStyle;

/**
 * The alerts that are on for events of one type, in the order in which they were made.
 */
public final class AlertsInForce {

	static final AlertsInForce NONE = new AlertsInForce(List.of());

	private final List<AlertRule> all;

	private final ConditionIndex<AlertRule> index;

	AlertsInForce(List<AlertRule> all) {
		this.all = List.copyOf(all);
		this.index = new ConditionIndex<>(all, AlertRule::condition);
	}

	public List<AlertRule> all() {
		return this.all;
	}

	/**
	 * Those that an event may concern, also any that have a fault; for the others it is
	 * certain that their conditions do not match.
	 */
	public List<AlertRule> candidates(PlatformEvent event, AccountStyle style) {
		return this.index.candidates(AlertRule.subject(event, style));
	}

}
