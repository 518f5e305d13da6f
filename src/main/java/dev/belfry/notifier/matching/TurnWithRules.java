package dev.belfry.notifier.matching;

import org.jspecify.annotations.Nullable;

import dev.belfry.alerts.rules.AlertTimeline;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.LogName;
import dev.belfry.notifier.global.GlobalRules;
import dev.belfry.settings.SettingsVersion;
import dev.belfry.versions.Timeline;

/** A turn with the settings and the alerts that were in force meanwhile. */
public record TurnWithRules(AccountTurn turn, Timeline<SettingsVersion> settings, AlertTimeline alerts) {

	/** Whether an entry could lead to an e-mail. */
	public boolean isWorthReading() {
		return this.turn.windowDue() || reads(LogName.JOBS) || reads(LogName.EVENTS);
	}

	/** Whether a log has something new that could lead to an e-mail. */
	public boolean reads(LogName log) {
		return this.turn.end(log) > this.turn.position(log) && listensTo(log);
	}

	/** Whether an alert could be about a completion. */
	public boolean alertsOfJobs() {
		return this.alerts.everOn().contains(EventTypes.JOB_COMPLETED.key());
	}

	/** Whether the account has chosen what the turn costs. */
	public boolean hasAlerts() {
		return !this.alerts.everOn().isEmpty();
	}

	/**
	 * The version of the rules under which no entry of a log needs to be read, for a turn
	 * that has come to the log's end; null if there is none.
	 */
	public @Nullable Long unreadUnder(LogName log, AccountTurn reached) {
		long newest = this.turn.rulesTo();
		return (reached.position(log) == reached.end(log) && !listensTo(log, newest)) ? (Long) newest : null;
	}

	private boolean listensTo(LogName log, long version) {
		SettingsVersion settings = this.settings.at(version);
		return GlobalRules.of(log).stream().anyMatch((rule) -> settings.enabled(rule.type())) || this.alerts.everOn()
			.stream()
			.anyMatch((type) -> log == PlatformEvent.logOf(type) && this.alerts.isAnyOn(version, type));
	}

	private boolean listensTo(LogName log) {
		return GlobalRules.of(log).stream().anyMatch((rule) -> wasEverOn(rule.type()))
				|| this.alerts.everOn().stream().anyMatch((type) -> log == PlatformEvent.logOf(type));
	}

	private boolean wasEverOn(String notification) {
		return this.settings.all().stream().anyMatch((version) -> version.enabled(notification));
	}

}
