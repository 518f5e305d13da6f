package dev.belfry.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Slice;
import reactor.core.publisher.Mono;

/** Integrations as the schema asks for them. */
@Controller
class IntegrationController {

	private static final int MOST_RECENT = 25;

	private final Integrations integrations;

	private final JobViews views;

	private final Ids ids;

	IntegrationController(Integrations integrations, JobViews views, Ids ids) {
		this.integrations = integrations;
		this.views = views;
		this.ids = ids;
	}

	@QueryMapping
	Mono<IntegrationView> integration(@Argument String id, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long integrationId = this.ids.decode(Ids.Kind.INTEGRATION, account, id);
		return (integrationId == null) ? Mono.empty()
				: this.integrations.byIds(account, List.of(integrationId))
					.flatMapIterable((found) -> this.views.integrations(Reader.of(viewer), List.copyOf(found.values())))
					.next();
	}

	@QueryMapping
	Mono<Connection> integrations(@Argument @Nullable Integer first, @Argument @Nullable String after,
			@Argument @Nullable Integer last, @Argument @Nullable String before, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Slice slice = Slice.of(first, place(account, after, "after"), last, place(account, before, "before"));
		long above = (slice.after() != null) ? slice.after() : 0;
		long below = (slice.before() != null) ? slice.before() : Long.MAX_VALUE;
		return this.integrations.between(account, above, below, slice.most() + 1, slice.fromStart())
			.map((found) -> connection(Reader.of(viewer), slice, found));
	}

	@SchemaMapping(typeName = "Integration")
	Mono<List<JobNotificationView>> recentJobNotifications(IntegrationView integration, @Argument int first) {
		return integration.together().of(integration.integration(), Slice.checked(first, MOST_RECENT, "first"));
	}

	private Connection connection(Reader reader, Slice slice, List<Integration> found) {
		boolean hasMore = found.size() > slice.most();
		List<Integration> page = new ArrayList<>(hasMore ? found.subList(0, slice.most()) : found);
		if (!slice.fromStart()) {
			Collections.reverse(page);
		}
		List<Edge> edges = this.views.integrations(reader, page)
			.stream()
			.map((view) -> new Edge(cursor(reader.account(), view), view))
			.toList();
		PageInfo pageInfo = PageInfo.of(slice.fromStart() ? hasMore : slice.before() != null,
				slice.fromStart() ? slice.after() != null : hasMore, edges, (edge) -> edge.cursor());
		return new Connection(edges, pageInfo);
	}

	private String cursor(AccountId account, IntegrationView view) {
		return this.ids.encode(Ids.Kind.INTEGRATION_CURSOR, account, view.integration().integrationId());
	}

	private @Nullable Long place(AccountId account, @Nullable String cursor, String argument) {
		return this.ids.place(Ids.Kind.INTEGRATION_CURSOR, account, cursor, argument);
	}

	record Connection(List<Edge> edges, PageInfo pageInfo) {

		public List<IntegrationView> nodes() {
			return this.edges.stream().map(Edge::node).toList();
		}

	}

	record Edge(String cursor, IntegrationView node) {
	}

}
