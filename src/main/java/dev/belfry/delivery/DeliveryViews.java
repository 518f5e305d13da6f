package dev.belfry.delivery;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import reactor.core.publisher.Mono;

/** Shows deliveries as the schema has them, to those who know their numbers. */
@Component
public class DeliveryViews {

	private final Deliveries deliveries;

	private final Ids ids;

	DeliveryViews(Deliveries deliveries, Ids ids) {
		this.deliveries = deliveries;
		this.ids = ids;
	}

	/** Those that there are, by their numbers. */
	public Mono<Map<Long, DeliveryView>> byIds(AccountId account, Collection<Long> numbers) {
		return numbers.isEmpty() ? Mono.just(Map.of()) : this.deliveries.byIds(account, numbers)
			.map((found) -> found.stream()
				.collect(Collectors.toMap(Delivery::deliveryId, (delivery) -> new DeliveryView(delivery, this.ids))));
	}

}
