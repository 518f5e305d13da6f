package dev.belfry.delivery;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.Topic;
import dev.belfry.jobs.TimeRange;

/**
 * Which deliveries to show. An empty set asks nothing.
 *
 * @param addressKey of the address that they go to, null for any
 */
record DeliveryChoice(Set<DeliveryState> states, Set<Topic> topics, @Nullable String addressKey, TimeRange createdAt) {

	static final DeliveryChoice ALL = new DeliveryChoice(Set.of(), Set.of(), null, TimeRange.ALWAYS);

}
