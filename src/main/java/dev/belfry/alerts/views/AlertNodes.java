package dev.belfry.alerts.views;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.alerts.recipients.RecipientList;
import dev.belfry.alerts.recipients.RecipientLists;
import dev.belfry.alerts.rules.AlertVersions;
import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;

/** Alerts and recipient lists by their ids. */
@Configuration(proxyBeanMethods = false)
class AlertNodes {

	@Bean
	NodeSource alertSource(AlertVersions versions, AlertViews views) {
		return new NodeSource(Ids.Kind.ALERT,
				(viewer, numbers) -> versions.current(viewer.accountId(), numbers)
					.collectList()
					.flatMapIterable((alerts) -> views.alerts(viewer.accountId(), alerts))
					.collectMap((view) -> view.inForce().alertId()));
	}

	@Bean
	NodeSource recipientListSource(RecipientLists lists) {
		return new NodeSource(Ids.Kind.RECIPIENT_LIST,
				(viewer, numbers) -> lists.withNumbers(viewer.accountId(), numbers.toArray(Long[]::new))
					.collectMap(RecipientList::listId));
	}

}
