package dev.belfry.delivery;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeSource;

/** Deliveries and suppressions by their ids. */
@Configuration(proxyBeanMethods = false)
class DeliveryNodes {

	@Bean
	NodeSource deliverySource(DeliveryViews views) {
		return new NodeSource(Ids.Kind.DELIVERY, (viewer, numbers) -> views.byIds(viewer.accountId(), numbers));
	}

	@Bean
	NodeSource suppressionSource(SuppressionList suppressions) {
		return new NodeSource(Ids.Kind.SUPPRESSION,
				(viewer, numbers) -> suppressions.withNumbers(viewer.accountId(), numbers)
					.collectMap(Suppression::suppressionId));
	}

}
