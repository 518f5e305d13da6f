package dev.belfry.notifier.dryruns;

import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.RecipientResolver.Unresolved;
import dev.belfry.alerts.trials.AlertTrialService;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.events.log.PlatformEvent;
import dev.belfry.ids.Ids;
import dev.belfry.notifier.matching.AlertMatch;

/** Shows what matched in a dry run. */
@Component
class DryRunMatches {

	private final AlertTrialService trials;

	private final Ids ids;

	DryRunMatches(AlertTrialService trials, Ids ids) {
		this.trials = trials;
		this.ids = ids;
	}

	DryRunMatch of(DryRunPlan plan, AlertMatch matched) {
		PlatformEvent event = matched.entry().event();
		MailContent mail = Objects.requireNonNull(matched.content());
		return new DryRunMatch(this.ids.encode(plan.account(), matched.entry().cause()), event.occurredAt(),
				event.recordedAt(), mail.subject(), matched.addresses(),
				matched.addresses().stream().filter(plan.suppressed()).toList(),
				matched.unresolved().stream().map(Unresolved::reason).toList(),
				this.trials.explain(plan.rule(), event, plan.style()));
	}

}
