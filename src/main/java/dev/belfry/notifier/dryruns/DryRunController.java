package dev.belfry.notifier.dryruns;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.alerts.trials.TriedAlertInput;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Dry runs as the schema asks for them. */
@Controller
class DryRunController {

	private final DryRuns runs;

	private final Clock clock;

	DryRunController(DryRuns runs, Clock clock) {
		this.runs = runs;
		this.clock = clock;
	}

	@SubscriptionMapping
	Flux<AlertDryRun> dryRunAlert(@Argument DryRunAlertInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		AccountStyle style = AccountStyle.of(Objects.requireNonNull(viewer.account()));
		return this.runs.run(account, style, input.at(this.clock.instant()))
			.onErrorResume(UserErrors.class, (refused) -> Mono.just(AlertDryRun.refused(refused.errors())));
	}

	/**
	 * What is asked for.
	 *
	 * @param to null for now
	 */
	record DryRunAlertInput(TriedAlertInput alert, Instant from, @Nullable Instant to, int firstMatches) {

		DryRunInput at(Instant now) {
			return new DryRunInput(this.alert, this.from, Objects.requireNonNullElse(this.to, now), this.firstMatches);
		}

	}

}
