package dev.belfry.alerts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/**
 * Alerts and recipient lists by their ids; for one who may not read alerts they are not
 * there.
 */
@Component
class AlertNodes implements NodeResolver {

	private final AlertVersions versions;

	private final RecipientLists lists;

	private final AlertViews views;

	private final Ids ids;

	AlertNodes(AlertVersions versions, RecipientLists lists, AlertViews views, Ids ids) {
		this.versions = versions;
		this.lists = lists;
		this.views = views;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		if (viewer.account() == null || !viewer.scopes().contains("alerts:read")) {
			return Mono.just(Map.of());
		}
		AccountId account = viewer.accountId();
		Map<String, Object> found = new HashMap<>();
		return alerts(account, numbers(Ids.Kind.ALERT, account, ids), found)
			.then(lists(account, numbers(Ids.Kind.RECIPIENT_LIST, account, ids), found))
			.thenReturn(found);
	}

	private Mono<Void> alerts(AccountId account, List<Long> numbers, Map<String, Object> found) {
		return numbers.isEmpty() ? Mono.empty() : this.versions.current(account, numbers)
			.collectList()
			.doOnNext((alerts) -> this.views.alerts(account, alerts).forEach((alert) -> found.put(alert.id(), alert)))
			.then();
	}

	private Mono<Void> lists(AccountId account, List<Long> numbers, Map<String, Object> found) {
		return numbers.isEmpty() ? Mono.empty()
				: this.lists.withNumbers(account, numbers)
					.map((list) -> this.views.list(account, list))
					.doOnNext((list) -> found.put(list.id(), list))
					.then();
	}

	private List<Long> numbers(Ids.Kind kind, AccountId account, List<String> ids) {
		return ids.stream().map((id) -> this.ids.decode(kind, account, id)).filter(Objects::nonNull).toList();
	}

}
