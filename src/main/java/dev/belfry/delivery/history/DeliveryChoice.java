package dev.belfry.delivery.history;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.DeliveryState;
import dev.belfry.values.TimeRange;

/**
 * Which deliveries to show. An empty set asks nothing.
 *
 * @param addressKey of the address that they go to, null for any
 */
record DeliveryChoice(Set<DeliveryState> states, Set<Topic> topics, @Nullable String addressKey, TimeRange createdAt) {

	static final DeliveryChoice ALL = new DeliveryChoice(Set.of(), Set.of(), null, TimeRange.ALWAYS);

}
