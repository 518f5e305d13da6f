package dev.belfry.notifier.why;

import java.util.List;

import dev.belfry.notifier.why.ConsideredNotificationView.ConsideredEmailView;
import dev.belfry.notifier.why.WhyNotified.ConsideredAlert;

/** An alert that was considered for an entry, as the schema shows it. */
record ConsideredAlertView(String alertId, ConsideredAlert considered, List<ConsideredEmailView> emails) {

	public String name() {
		return this.considered.alert().alert().name();
	}

	public int version() {
		return this.considered.alert().version();
	}

	public NotificationVerdict verdict() {
		return ConsideredEmailView.reachNobody(this.emails) ? NotificationVerdict.NOBODY_TO_TELL
				: this.considered.verdict();
	}

	public String reason() {
		return ConsideredEmailView.reason(this.considered.reason(), this.emails);
	}

	public List<String> unresolved() {
		return this.considered.unresolved();
	}

}
