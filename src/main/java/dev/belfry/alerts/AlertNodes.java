package dev.belfry.alerts;

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

/** Alerts and recipient lists by their ids. */
@Component
class AlertNodes implements NodeResolver {

	private final AlertVersions versions;

	private final RecipientLists lists;

	private final AlertViews views;

	AlertNodes(AlertVersions versions, RecipientLists lists, AlertViews views) {
		this.versions = versions;
		this.lists = lists;
		this.views = views;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("Alert", Ids.Kind.ALERT, this::alerts),
				new NodeType("RecipientList", Ids.Kind.RECIPIENT_LIST, this::lists));
	}

	private Mono<Map<Long, Object>> alerts(Viewer viewer, Collection<Long> numbers) {
		AccountId account = viewer.accountId();
		return this.versions.current(account, numbers)
			.collectList()
			.map((alerts) -> NodeType.byNumber(this.views.alerts(account, alerts), (view) -> view.inForce().alertId()));
	}

	private Mono<Map<Long, Object>> lists(Viewer viewer, Collection<Long> numbers) {
		AccountId account = viewer.accountId();
		return this.lists.withNumbers(account, numbers)
			.collectMap(RecipientList::listId, (list) -> this.views.list(account, list));
	}

}
