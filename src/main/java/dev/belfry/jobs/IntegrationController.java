package dev.belfry.jobs;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.PageCursors;
import dev.belfry.accounts.PagedList;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Connection;
import dev.belfry.platform.Edge;
import dev.belfry.platform.Slice;
import dev.belfry.platform.SortKey;
import reactor.core.publisher.Mono;

/** Integrations as the schema asks for them. */
@Controller
class IntegrationController {

	private static final int MOST_RECENT = 25;

	private final Integrations integrations;

	private final JobViews views;

	private final Ids ids;

	private final PageCursors cursors;

	IntegrationController(Integrations integrations, JobViews views, Ids ids, PageCursors cursors) {
		this.integrations = integrations;
		this.views = views;
		this.ids = ids;
		this.cursors = cursors;
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
	Mono<Connection<IntegrationView>> integrations(@Argument @Nullable Integer first, @Argument @Nullable String after,
			@Argument @Nullable Integer last, @Argument @Nullable String before, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Slice slice = this.cursors.slice(PagedList.INTEGRATIONS, account, first, after, last, before);
		return this.integrations
			.between(account, slice.numberAfter(0), slice.numberBefore(Long.MAX_VALUE), slice.sought(),
					slice.fromStart())
			.map((found) -> Connection.of(slice, found, (page) -> edges(Reader.of(viewer), page)));
	}

	@SchemaMapping(typeName = "Integration")
	Mono<List<JobNotificationView>> recentJobNotifications(IntegrationView integration, @Argument int first) {
		return integration.together().of(integration.integration(), Slice.checked(first, MOST_RECENT, "first"));
	}

	private List<Edge<IntegrationView>> edges(Reader reader, List<Integration> page) {
		return this.views.integrations(reader, page)
			.stream()
			.map((view) -> new Edge<>(this.cursors.encode(PagedList.INTEGRATIONS, reader.account(),
					SortKey.of(view.integration().integrationId())), view))
			.toList();
	}

}
