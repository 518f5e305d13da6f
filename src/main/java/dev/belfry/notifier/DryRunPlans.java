package dev.belfry.notifier;

import java.util.Set;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.alerts.AlertRule;
import dev.belfry.alerts.AlertTrials;
import dev.belfry.alerts.Directories;
import dev.belfry.alerts.Recipient;
import dev.belfry.delivery.SuppressionList;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.platform.InputErrors;
import dev.belfry.platform.UserErrors;
import reactor.core.publisher.Mono;

/** Makes plans of what somebody asks of dry runs. */
@Component
class DryRunPlans {

	private final AlertTrials trials;

	private final Directories directories;

	private final SuppressionList suppressions;

	DryRunPlans(AlertTrials trials, Directories directories, SuppressionList suppressions) {
		this.trials = trials;
		this.directories = directories;
		this.suppressions = suppressions;
	}

	/** Fails with {@link UserErrors}, all at once, if the input is not good. */
	Mono<DryRunPlan> of(AccountId account, AccountStyle style, DryRunInput input) {
		return rule(account, input).flatMap((rule) -> Mono
			.zip(this.directories.of(account, recipients(rule)),
					this.suppressions.suppressed(account, rule.version().topic()))
			.map((read) -> new DryRunPlan(account, style, rule, read.getT1(), read.getT2(), input.from(), input.to(),
					input.firstMatches())));
	}

	private Mono<AlertRule> rule(AccountId account, DryRunInput input) {
		InputErrors errors = new InputErrors();
		return this.trials.rule(account, input.alert(), errors.at("alert")).singleOptional().map((rule) -> {
			input.check(errors);
			errors.check();
			return rule.orElseThrow();
		});
	}

	private static Set<Recipient> recipients(AlertRule rule) {
		return Set.copyOf(rule.version().alert().recipients());
	}

}
