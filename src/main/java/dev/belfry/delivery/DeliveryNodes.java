package dev.belfry.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.NodeType;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** Deliveries and suppressions by their ids. */
@Component
class DeliveryNodes implements NodeResolver {

	private final DeliveryViews deliveries;

	private final SuppressionList suppressions;

	private final Ids ids;

	DeliveryNodes(DeliveryViews deliveries, SuppressionList suppressions, Ids ids) {
		this.deliveries = deliveries;
		this.suppressions = suppressions;
		this.ids = ids;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("Delivery", Ids.Kind.DELIVERY, this::deliveries),
				new NodeType("Suppression", Ids.Kind.SUPPRESSION, this::suppressions));
	}

	private Mono<Map<Long, Object>> deliveries(Viewer viewer, Collection<Long> numbers) {
		return this.deliveries.byIds(viewer.accountId(), numbers).map(Map::copyOf);
	}

	private Mono<Map<Long, Object>> suppressions(Viewer viewer, Collection<Long> numbers) {
		AccountId account = viewer.accountId();
		return this.suppressions.withNumbers(account, numbers)
			.collectMap(Suppression::suppressionId,
					(suppression) -> SuppressionView.of(this.ids, account, suppression));
	}

}
