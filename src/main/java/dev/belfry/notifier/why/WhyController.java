package dev.belfry.notifier.why;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.delivery.history.DeliveryView;
import dev.belfry.delivery.history.DeliveryViews;
import dev.belfry.ids.Cause;
import dev.belfry.ids.Ids;
import dev.belfry.notifier.entries.Entries;
import dev.belfry.notifier.entries.Entry;
import dev.belfry.notifier.why.ConsideredNotificationView.ConsideredEmailView;
import dev.belfry.notifier.why.WhyNotified.EmailOutcome;
import dev.belfry.notifier.why.WhyNotified.Why;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.AccountStyle;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Why an entry led to e-mails or to none, as the schema asks for it. */
@Controller
class WhyController {

	private final Entries entries;

	private final WhyNotified reasons;

	private final DeliveryViews deliveries;

	private final Ids ids;

	WhyController(Entries entries, WhyNotified reasons, DeliveryViews deliveries, Ids ids) {
		this.entries = entries;
		this.reasons = reasons;
		this.deliveries = deliveries;
		this.ids = ids;
	}

	@QueryMapping
	Mono<WhyNotifiedView> whyNotified(@Argument String id, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		return entry(account, id).flatMap((entry) -> this.reasons.of(account, entry, style(viewer)))
			.flatMap((why) -> this.deliveries.byIds(account, deliveriesOf(why))
				.map((found) -> view(account, why, found)));
	}

	private Mono<Entry> entry(AccountId account, String id) {
		Cause cause = this.ids.decode(account, id);
		return (cause != null) ? this.entries.at(account, List.of(cause)).flatMapIterable((found) -> found).next()
				: Mono.empty();
	}

	private static AccountStyle style(Viewer viewer) {
		return AccountStyle.of(Objects.requireNonNull(viewer.account()));
	}

	private static List<Long> deliveriesOf(Why why) {
		return why.emails().map(EmailOutcome::deliveryId).filter(Objects::nonNull).distinct().toList();
	}

	private WhyNotifiedView view(AccountId account, Why why, Map<Long, DeliveryView> deliveries) {
		return new WhyNotifiedView(why.evaluated(), why.settingsVersion(),
				why.considered()
					.stream()
					.map((each) -> new ConsideredNotificationView(each, emails(each.emails(), deliveries)))
					.toList(),
				why.alerts()
					.stream()
					.map((each) -> new ConsideredAlertView(
							this.ids.encode(Ids.Kind.ALERT, account, each.alert().alertId()), each,
							emails(each.emails(), deliveries)))
					.toList());
	}

	private static List<ConsideredEmailView> emails(List<EmailOutcome> all, Map<Long, DeliveryView> deliveries) {
		return all.stream()
			.map((outcome) -> new ConsideredEmailView(outcome,
					(outcome.deliveryId() != null) ? deliveries.get(outcome.deliveryId()) : null))
			.toList();
	}

	/** Which e-mails are about an entry, and why, as the schema shows it. */
	record WhyNotifiedView(boolean evaluated, int settingsVersion, List<ConsideredNotificationView> considered,
			List<ConsideredAlertView> alerts) {
	}

}
