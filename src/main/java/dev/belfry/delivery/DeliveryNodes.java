package dev.belfry.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** Deliveries by their ids, for those who may read them. */
@Component
class DeliveryNodes implements NodeResolver {

	private static final String SCOPE = "deliveries:read";

	private final DeliveryViews views;

	private final Ids ids;

	DeliveryNodes(DeliveryViews views, Ids ids) {
		this.views = views;
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
		return this.views.byIds(viewer.accountId(), wanted.keySet())
			.map((found) -> found.entrySet()
				.stream()
				.collect(Collectors.toMap((each) -> Objects.requireNonNull(wanted.get(each.getKey())),
						Map.Entry::getValue)));
	}

}
