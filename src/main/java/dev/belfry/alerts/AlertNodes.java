package dev.belfry.alerts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeSource;

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
				(viewer, numbers) -> lists.withNumbers(viewer.accountId(), numbers).collectMap(RecipientList::listId));
	}

}
