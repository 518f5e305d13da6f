package dev.belfry.notifier.dryruns;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.rules.Alert;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.rules.AlertRules;
import dev.belfry.alerts.rules.AlertVersion;
import dev.belfry.alerts.rules.TemplateText;
import dev.belfry.notifier.entries.TestOrders;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.viewer.Author;

/** Plans of dry runs over imported orders, of which ten matches are shown. */
final class TestPlans {

	static final AccountId ACCOUNT = new AccountId(1);

	private static final AccountStyle NEW_YORK = new AccountStyle("Shop", ZoneId.of("America/New_York"), Locale.US);

	private TestPlans() {
	}

	/** With this condition; null for every order. */
	static DryRunPlan of(Map<String, Object> condition, Instant from, Instant to, Recipient... recipients) {
		Alert alert = new Alert("Orders", TestOrders.TYPE, true, condition, null,
				new TemplateText("Order of {{order.total.raw}}", "x"), List.of(recipients));
		AlertVersion version = new AlertVersion(7, 1, 1, alert, false, Instant.EPOCH, Instant.EPOCH,
				new Author(null, "Kim"));
		AlertRule rule = new AlertRules().of(ACCOUNT, version);
		return new DryRunPlan(ACCOUNT, NEW_YORK, rule, new Directory(List.of(), Map.of(), Map.of(), null),
				(address) -> address.startsWith("suppressed"), from, to, 10);
	}

}
