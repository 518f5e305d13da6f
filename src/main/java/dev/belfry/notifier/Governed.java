package dev.belfry.notifier;

import dev.belfry.delivery.CauseLog;
import dev.belfry.settings.SettingsVersions.Timeline;

/** A turn with the settings that were in force meanwhile. */
record Governed(Turn turn, Timeline settings) {

	/** Whether an entry could lead to an e-mail. */
	boolean isWorthReading() {
		return this.turn.windowDue() || readsJobs() || readsEvents();
	}

	boolean readsJobs() {
		return this.turn.hasJobs() && listensTo(CauseLog.JOBS);
	}

	boolean readsEvents() {
		return this.turn.hasEvents() && listensTo(CauseLog.EVENTS);
	}

	private boolean listensTo(CauseLog log) {
		return GlobalRules.of(log).stream().anyMatch((rule) -> this.settings.everEnabled(rule.type()));
	}

}
