package dev.belfry.alerts.trials;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.alerts.recipients.Directory;
import dev.belfry.alerts.recipients.DirectoryLookup;
import dev.belfry.alerts.recipients.Recipient;
import dev.belfry.alerts.recipients.RecipientResolver;
import dev.belfry.alerts.recipients.RecipientResolver.Resolved;
import dev.belfry.alerts.rules.RuleResult;
import dev.belfry.alerts.trials.AlertPreview.ToldAddress;
import dev.belfry.alerts.trials.AlertPreview.UntoldRecipient;
import dev.belfry.alerts.views.AlertRecipientView;
import dev.belfry.alerts.views.AlertViews;
import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.delivery.composing.Mail;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.history.MailPreviews;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.viewer.AccountId;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Mono;

/** Shows what alerts would do, by what the notifier does it with. */
@Component
class AlertPreviews {

	/** In the place of a name. */
	private static final String UNNAMED = "this alert";

	private final AlertTrialService trials;

	private final DirectoryLookup directories;

	private final AlertViews views;

	private final MailPreviews mails;

	private final SuppressionList suppressions;

	private final TenantWork work;

	AlertPreviews(AlertTrialService trials, DirectoryLookup directories, AlertViews views, MailPreviews mails,
			SuppressionList suppressions, TenantWork work) {
		this.trials = trials;
		this.directories = directories;
		this.views = views;
		this.mails = mails;
		this.suppressions = suppressions;
		this.work = work;
	}

	/** Conditions and words can take a while, for which no event loop must wait. */
	Mono<AlertPreview> of(Trial trial) {
		AccountId account = trial.account().accountId();
		return Mono
			.zip(this.directories.of(account, trial.alert().recipients()),
					this.suppressions.suppressed(account, trial.rule().version().topic()))
			.publishOn(this.work.of(account))
			.map((read) -> of(trial, read.getT1(), read.getT2()));
	}

	private AlertPreview of(Trial trial, Directory directory, Predicate<String> suppressed) {
		RuleResult result = trial.result();
		RuleResult rendered = trial.rendered();
		Resolved resolved = RecipientResolver.resolve(trial.alert().recipients(),
				EventTypes.named(trial.event().type()), trial.event().payload(), directory);
		return new AlertPreview((result.error() != null) ? null : result.isMatch(),
				(result.error() != null) ? result.error() : rendered.error(),
				this.trials.explain(trial.rule(), trial.event(), trial.style()),
				resolved.addressed()
					.stream()
					.map((each) -> new ToldAddress(each.address(), suppressed.test(each.address()),
							views(each.recipients(), directory)))
					.toList(),
				resolved.unresolved()
					.stream()
					.map((each) -> new UntoldRecipient(this.views.recipient(each.recipient(), directory),
							each.reason()))
					.toList(),
				mail(trial, rendered.mail()), List.of());
	}

	private List<AlertRecipientView> views(List<Recipient> recipients, Directory directory) {
		return recipients.stream().map((recipient) -> this.views.recipient(recipient, directory)).toList();
	}

	private @Nullable Mail mail(Trial trial, @Nullable MailContent content) {
		return (content == null) ? null
				: this.mails.of(trial.account().name(), trial.isOfDraft() ? UNNAMED : trial.alert().name(), content);
	}

}
