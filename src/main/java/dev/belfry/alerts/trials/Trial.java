package dev.belfry.alerts.trials;

import java.time.ZoneId;
import java.util.Locale;

import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.MatchResult;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountStyle;

/**
 * An alert, and the event that it is tried with.
 *
 * @param event of the alert's type; its position is 0 if no log has it
 */
record Trial(Account account, AlertRule rule, PlatformEvent event) {

	Alert alert() {
		return this.rule.version().alert();
	}

	/** A draft has no name. */
	boolean isOfDraft() {
		return alert().name().isEmpty();
	}

	AccountStyle style() {
		return new AccountStyle(this.account.name(), ZoneId.of(this.account.timeZone()),
				Locale.forLanguageTag(this.account.locale()));
	}

	/** What would come of the alert if it were on. */
	MatchResult held() {
		return this.rule.against(this.event, style());
	}

	/** What it says of the event, also if it does not match. */
	MatchResult said() {
		return this.rule.unconditional().against(this.event, style());
	}

}
