package dev.belfry.events.log;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.catalog.commerce.EventTypes;
import dev.belfry.catalog.types.EventType;
import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.values.TimeRange;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Events and their types as the schema asks for them. */
@Controller
class EventController {

	private final EventHistory history;

	private final Ids ids;

	EventController(EventHistory history, Ids ids) {
		this.history = history;
		this.ids = ids;
	}

	@QueryMapping
	List<EventType> eventTypes() {
		return EventTypes.all();
	}

	@QueryMapping
	Mono<Connection<PlatformEvent>> platformEvents(@Argument @Nullable String type,
			@Argument @Nullable TimeRange recordedAt, @PageOf(PagedList.EVENTS) PageRequest page,
			@ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		if (type != null && EventTypes.find(type) == null) {
			return Mono.just(connection(page, List.of()));
		}
		EventHistory.Question question = new EventHistory.Question(type,
				Objects.requireNonNullElse(recordedAt, TimeRange.ALWAYS), page.after());
		return this.history.page(account, question, page.sought()).map((found) -> connection(page, found));
	}

	private static Connection<PlatformEvent> connection(PageRequest page, List<PlatformEvent> found) {
		return page.connection(found, EventHistory::sortKey, (shown) -> shown);
	}

	@SchemaMapping(typeName = "PlatformEvent")
	String id(PlatformEvent event, @ContextValue Viewer viewer) {
		return this.ids.encode(Ids.Kind.PLATFORM_EVENT, viewer.accountId(), event.position());
	}

	@SchemaMapping(typeName = "PlatformEvent")
	EventType type(PlatformEvent event) {
		return EventTypes.named(event.type());
	}

}
