package dev.belfry.delivery.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.delivery.suppression.Suppression;
import dev.belfry.delivery.suppression.SuppressionRecords;
import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;

/** Deliveries and suppressions by their ids. */
@Configuration(proxyBeanMethods = false)
class DeliveryNodes {

	@Bean
	NodeSource deliverySource(DeliveryViews views) {
		return new NodeSource(Ids.Kind.DELIVERY, (viewer, numbers) -> views.byIds(viewer.accountId(), numbers));
	}

	@Bean
	NodeSource suppressionSource(SuppressionRecords suppressions) {
		return new NodeSource(Ids.Kind.SUPPRESSION,
				(viewer, numbers) -> suppressions.withNumbers(viewer.accountId(), numbers.toArray(Long[]::new))
					.collectMap(Suppression::suppressionId));
	}

}
