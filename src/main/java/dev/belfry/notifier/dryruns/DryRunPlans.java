package dev.belfry.notifier.dryruns;

import java.util.Set;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.DirectoryLookup;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.rules.AlertRule;
import dev.belfry.alerts.trials.AlertTrialService;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import reactor.core.publisher.Mono;

/** Makes plans of what somebody asks of dry runs. */
@Component
class DryRunPlans {

	private final AlertTrialService trials;

	private final DirectoryLookup directories;

	private final SuppressionList suppressions;

	DryRunPlans(AlertTrialService trials, DirectoryLookup directories, SuppressionList suppressions) {
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
