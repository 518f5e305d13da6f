package dev.belfry.notifier;

import dev.belfry.accounts.LogName;
import dev.belfry.accounts.Timeline;
import dev.belfry.alerts.AlertTimeline;
import dev.belfry.catalog.EventTypes;
import dev.belfry.events.PlatformEvent;
import dev.belfry.settings.SettingsVersion;

/** A turn with the settings and the alerts that were in force meanwhile. */
record Governed(Turn turn, Timeline<SettingsVersion> settings, AlertTimeline alerts) {

	/** Whether an entry could lead to an e-mail. */
	boolean isWorthReading() {
		return this.turn.windowDue() || readsJobs() || readsEvents();
	}

	boolean readsJobs() {
		return this.turn.hasJobs() && listensTo(LogName.JOBS);
	}

	boolean readsEvents() {
		return this.turn.hasEvents() && listensTo(LogName.EVENTS);
	}

	/** Whether an alert could be about a completion. */
	boolean alertsOfJobs() {
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
