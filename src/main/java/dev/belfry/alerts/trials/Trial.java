package dev.belfry.alerts.trials;

import java.time.ZoneId;
import java.util.Locale;

import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.RuleResult;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.AccountStyle;

/**
 * An alert, and the event for its preview or test.
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

	/** The result of the alert as if it were on. */
	RuleResult result() {
		return this.rule.against(this.event, style());
	}

	/** The e-mail for the event, also if it does not match. */
	RuleResult rendered() {
		return this.rule.unconditional().against(this.event, style());
	}

}
