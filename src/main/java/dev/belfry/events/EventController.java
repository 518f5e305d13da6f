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
import dev.belfry.accounts.Viewer;
import dev.belfry.catalog.EventType;
import dev.belfry.catalog.EventTypes;
import dev.belfry.generated.types.DateTimeRange;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Refusal;
import reactor.core.publisher.Mono;

/** Events and their types as the schema asks for them. */
@Controller
class EventController {

	private static final int DEFAULT = 25;

	private static final int MOST = 100;

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
	Mono<Connection> platformEvents(@Argument @Nullable String type, @Argument @Nullable DateTimeRange recordedAt,
			@Argument @Nullable Integer first, @Argument @Nullable String after, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		int most = (first != null) ? checked(first) : DEFAULT;
		Long place = this.ids.place(Ids.Kind.EVENT_CURSOR, account, after, "after");
		if (type != null && EventTypes.find(type) == null) {
			return Mono.just(connection(account, List.of(), most, place != null));
		}
		EventHistory.Question question = new EventHistory.Question(type,
				(recordedAt != null) ? instant(recordedAt.getFrom()) : null,
				(recordedAt != null) ? instant(recordedAt.getTo()) : null, place);
		return this.history.page(account, question, most + 1)
			.map((found) -> connection(account, found, most, place != null));
	}

	private Connection connection(AccountId account, List<PlatformEvent> found, int most, boolean moreBefore) {
		boolean hasMore = found.size() > most;
		List<Edge> edges = found.stream()
			.limit(most)
			.map((event) -> new Edge(this.ids.encode(Ids.Kind.EVENT_CURSOR, account, event.position()),
					view(account, event)))
			.toList();
		return new Connection(edges, PageInfo.of(hasMore, moreBefore, edges, (edge) -> edge.cursor()));
	}

	private PlatformEventView view(AccountId account, PlatformEvent event) {
		return new PlatformEventView(event, this.ids.encode(Ids.Kind.PLATFORM_EVENT, account, event.position()));
	}

	private static int checked(int first) {
		if (first < 1 || first > MOST) {
			throw Refusal.badInput("Ask for 1 to " + MOST + " events; " + first + " is outside of that.", "first");
		}
		return first;
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

	record Connection(List<Edge> edges, PageInfo pageInfo) {

		public List<PlatformEventView> nodes() {
			return this.edges.stream().map(Edge::node).toList();
		}

	}

	record Edge(String cursor, PlatformEventView node) {
	}

}
