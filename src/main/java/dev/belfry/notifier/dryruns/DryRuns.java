package dev.belfry.notifier.dryruns;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.notifier.emails.NotifierSettings;
import dev.belfry.notifier.entries.StoredEntries;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.work.TenantWork;
import reactor.core.publisher.Flux;

/** Runs alerts over what is stored. */
@Component
class DryRuns {

	/** Of one account on a node. */
	private static final int MOST_AT_ONCE = 2;

	private final DryRunPlans plans;

	private final StoredEntries entries;

	private final DryRunMatches matches;

	private final NotifierSettings notifier;

	private final DryRunSettings settings;

	private final TenantWork work;

	private final Map<AccountId, Integer> going = new ConcurrentHashMap<>();

	DryRuns(DryRunPlans plans, StoredEntries entries, DryRunMatches matches, NotifierSettings notifier,
			DryRunSettings settings, TenantWork work) {
		this.plans = plans;
		this.entries = entries;
		this.matches = matches;
		this.notifier = notifier;
		this.settings = settings;
		this.work = work;
	}

	/**
	 * How far a dry run is, now and then, and at last its result; whoever is slow gets
	 * the newest. Fails with {@link UserErrors} if the input is not good, or the account
	 * has as many going on as it may.
	 */
	Flux<AlertDryRun> run(AccountId account, AccountStyle style, DryRunInput input) {
		return Flux
			.using(() -> enter(account), (entered) -> this.plans.of(entered, style, input).flatMapMany(this::run),
					this::leave)
			.onBackpressureLatest();
	}

	private Flux<AlertDryRun> run(DryRunPlan plan) {
		DryRun run = new DryRun(plan, this.notifier.window(), (matched) -> this.matches.of(plan, matched));
		return new DryRunWork(run, this.work.of(plan.account()), this.settings.dryRunLimit())
			.over(this.entries.of(plan.account(), plan.eventType(), plan.from(), plan.to()));
	}

	private AccountId enter(AccountId account) {
		if (this.going.merge(account, 1, Integer::sum) > MOST_AT_ONCE) {
			leave(account);
			throw new UserErrors(List.of(new UserError(UserErrorCode.NOT_POSSIBLE,
					"This account already has two dry runs. Wait until one has ended, or end one.", null)));
		}
		return account;
	}

	private void leave(AccountId account) {
		this.going.computeIfPresent(account, (key, number) -> (number > 1) ? number - 1 : null);
	}

}
