package dev.belfry.events;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** Events by their ids. */
@Component
class EventNodes implements NodeResolver {

	private final EventLog events;

	private final Ids ids;

	EventNodes(EventLog events, Ids ids) {
		this.events = events;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		AccountId account = viewer.accountId();
		Map<Long, String> wanted = new LinkedHashMap<>();
		for (String id : ids) {
			Long position = this.ids.decode(Ids.Kind.PLATFORM_EVENT, account, id);
			if (position != null) {
				wanted.put(position, id);
			}
		}
		return wanted.isEmpty() ? Mono.just(Map.of())
				: this.events.byPositions(account, wanted.keySet()).map((found) -> views(wanted, found));
	}

	private static Map<String, Object> views(Map<Long, String> wanted, Map<Long, PlatformEvent> found) {
		Map<String, Object> views = new HashMap<>();
		wanted.forEach((position, id) -> {
			PlatformEvent event = found.get(position);
			if (event != null) {
				views.put(id, new PlatformEventView(event, id));
			}
		});
		return views;
	}

}
