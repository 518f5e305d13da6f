package dev.belfry.notifier.matching;

import dev.belfry.alerts.rules.AlertTimeline;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.versions.Timeline;

/** A lease with the settings and the alerts that were in force meanwhile. */
public record LeaseWithRules(AccountLease lease, Timeline<SettingsVersion> settings, AlertTimeline alerts) {

	/** Whether an entry could lead to an e-mail. */
	public boolean isWorthReading() {
		return this.lease.windowDue() || readsJobs() || readsEvents();
	}

	public boolean readsJobs() {
		return this.lease.hasJobs() && listensTo(LogName.JOBS);
	}

	public boolean readsEvents() {
		return this.lease.hasEvents() && listensTo(LogName.EVENTS);
	}

	/** Whether an alert could be about a completion. */
	public boolean alertsOfJobs() {
		return this.alerts.everOn().contains(EventTypes.JOB_COMPLETED.key());
	}

	private boolean listensTo(LogName log) {
		return GlobalRules.of(log).stream().anyMatch((rule) -> wasEverOn(rule.type()))
				|| this.alerts.everOn().stream().anyMatch((type) -> log == PlatformEvent.logOf(type));
	}

	private boolean wasEverOn(String notification) {
		return this.settings.all().stream().anyMatch((version) -> version.enabled(notification));
	}

}
