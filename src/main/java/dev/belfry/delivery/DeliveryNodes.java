package dev.belfry.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** Deliveries by their ids, for those who may read them. */
@Component
class DeliveryNodes implements NodeResolver {

	private static final String SCOPE = "deliveries:read";

	private final Deliveries deliveries;

	private final Ids ids;

	DeliveryNodes(Deliveries deliveries, Ids ids) {
		this.deliveries = deliveries;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		if (viewer.account() == null || !viewer.scopes().contains(SCOPE)) {
			return Mono.just(Map.of());
		}
		Map<Long, String> wanted = new HashMap<>();
		for (String id : ids) {
			Long number = this.ids.decode(Ids.Kind.DELIVERY, viewer.accountId(), id);
			if (number != null) {
				wanted.put(number, id);
			}
		}
		return wanted.isEmpty() ? Mono.just(Map.of())
				: this.deliveries.byIds(viewer.accountId(), wanted.keySet()).map((found) -> named(wanted, found));
	}

	private Map<String, Object> named(Map<Long, String> wanted, List<Delivery> found) {
		Map<String, Object> named = new HashMap<>();
		for (Delivery delivery : found) {
			String id = wanted.get(delivery.deliveryId());
			if (id != null) {
				named.put(id, new DeliveryView(delivery, this.ids));
			}
		}
		return named;
	}

}
