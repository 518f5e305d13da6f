package dev.belfry.events;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.PageCursors;
import dev.belfry.accounts.PagedList;
import dev.belfry.accounts.Viewer;
import dev.belfry.catalog.EventType;
import dev.belfry.catalog.EventTypes;
import dev.belfry.generated.types.DateTimeRange;
import dev.belfry.platform.Connection;
import dev.belfry.platform.Edge;
import dev.belfry.platform.Slice;
import reactor.core.publisher.Mono;

/** Events and their types as the schema asks for them. */
@Controller
class EventController {

	private final EventHistory history;

	private final Ids ids;

	private final PageCursors cursors;

	EventController(EventHistory history, Ids ids, PageCursors cursors) {
		this.history = history;
		this.ids = ids;
		this.cursors = cursors;
	}

	@QueryMapping
	List<EventType> eventTypes() {
		return EventTypes.all();
	}

	@QueryMapping
	Mono<Connection<PlatformEventView>> platformEvents(@Argument @Nullable String type,
			@Argument @Nullable DateTimeRange recordedAt, @Argument @Nullable Integer first,
			@Argument @Nullable String after, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Slice slice = this.cursors.slice(PagedList.EVENTS, account, first, after);
		if (type != null && EventTypes.find(type) == null) {
			return Mono.just(connection(account, slice, List.of()));
		}
		EventHistory.Question question = new EventHistory.Question(type,
				(recordedAt != null) ? instant(recordedAt.getFrom()) : null,
				(recordedAt != null) ? instant(recordedAt.getTo()) : null, slice.after());
		return this.history.page(account, question, slice.sought()).map((found) -> connection(account, slice, found));
	}

	private Connection<PlatformEventView> connection(AccountId account, Slice slice, List<PlatformEvent> found) {
		return Connection.of(slice, found, (page) -> page.stream().map((event) -> edge(account, event)).toList());
	}

	private Edge<PlatformEventView> edge(AccountId account, PlatformEvent event) {
		return new Edge<>(this.cursors.encode(PagedList.EVENTS, account, EventHistory.sortKey(event)),
				PlatformEventView.of(this.ids, account, event));
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

}
