package dev.belfry.events;

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
	public List<NodeType> types() {
		return List.of(new NodeType("PlatformEvent", Ids.Kind.PLATFORM_EVENT, this::events));
	}

	private Mono<Map<Long, Object>> events(Viewer viewer, Collection<Long> positions) {
		AccountId account = viewer.accountId();
		return this.events.byPositions(account, positions)
			.map((found) -> NodeType.byNumber(found.values()
				.stream()
				.map((event) -> new PlatformEventView(event,
						this.ids.encode(Ids.Kind.PLATFORM_EVENT, account, event.position())))
				.toList(), (view) -> view.event().position()));
	}

}
