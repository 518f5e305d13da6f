package dev.belfry.alerts.rules;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;

import static org.assertj.core.api.Assertions.assertThat;

class AlertRulesTests {

	private final AlertRules rules = new AlertRules();

	@Test
	void remembersTheAlertsOfAccountsApartThoughTheyHaveTheSameNumbers() {
		AlertRule ours = this.rules.of(new AccountId(1), version("Ours"));
		AlertRule theirs = this.rules.of(new AccountId(2), version("Theirs"));

		assertThat(this.rules.of(new AccountId(1), version("Ours")).template()).isSameAs(ours.template());
		assertThat(this.rules.of(new AccountId(2), version("Theirs")).template()).isSameAs(theirs.template())
			.isNotSameAs(ours.template());
	}

	/** All that differs is what it says. */
	private static AlertVersion version(String subject) {
		Alert alert = new Alert("Orders", "ORDER_IMPORTED", true, null, null, new TemplateText(subject, "Body"),
				List.of());
		return new AlertVersion(1, 1, 1, alert, false, Instant.EPOCH, Instant.EPOCH, new Author(null, "Kim"));
	}

}
