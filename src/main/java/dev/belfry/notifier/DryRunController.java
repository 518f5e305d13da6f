package dev.belfry.notifier;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;

import graphql.schema.DataFetchingEnvironment;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Viewer;
import dev.belfry.catalog.AccountStyle;
import dev.belfry.platform.UserErrors;
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
	Flux<AlertDryRun> dryRunAlert(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		AccountStyle style = AccountStyle.of(Objects.requireNonNull(viewer.account()));
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		return this.runs.run(account, style, DryRunInput.of(input, this.clock.instant()))
			.onErrorResume(UserErrors.class, (refused) -> Mono.just(AlertDryRun.refused(refused.errors())));
	}

}
