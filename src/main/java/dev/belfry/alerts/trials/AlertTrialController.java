package dev.belfry.alerts.trials;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.delivery.history.DeliveryView;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Alerts that are tried, as the schema asks for it. */
@Controller
class AlertTrialController {

	private final TrialReader trials;

	private final AlertPreviews previews;

	private final TestAlerts tests;

	AlertTrialController(TrialReader trials, AlertPreviews previews, TestAlerts tests) {
		this.trials = trials;
		this.previews = previews;
		this.tests = tests;
	}

	@QueryMapping
	Mono<AlertPreview> previewAlert(@Argument TrialInput input, @ContextValue Viewer viewer) {
		return UserErrors.answered(this.trials.read(account(viewer), input).flatMap(this.previews::of),
				AlertPreview::refused);
	}

	@MutationMapping
	Mono<Payload> sendTestAlert(@Argument TrialInput input, @ContextValue Viewer viewer) {
		return UserErrors.answered(this.tests.send(account(viewer), viewer.user(), input), Mono.empty(), Payload::new);
	}

	/** Refused for the platform, which has none. */
	private static Account account(Viewer viewer) {
		viewer.accountId();
		return Objects.requireNonNull(viewer.account());
	}

	/** The test; null if none was sent, or if it is no longer kept. */
	record Payload(@Nullable DeliveryView delivery, List<UserError> userErrors) {
	}

}
