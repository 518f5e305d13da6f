package dev.belfry.jobs.views;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.jobs.integrations.Origin;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Integrations as the schema asks for them. */
@Controller
class IntegrationController {

	private static final int MOST_RECENT = 25;

	private final Integrations integrations;

	private final JobHistory history;

	private final JobViews views;

	private final Ids ids;

	IntegrationController(Integrations integrations, JobHistory history, JobViews views, Ids ids) {
		this.integrations = integrations;
		this.history = history;
		this.views = views;
		this.ids = ids;
	}

	@QueryMapping
	Mono<IntegrationView> integration(@Argument String id, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long integrationId = this.ids.decode(Ids.Kind.INTEGRATION, account, id);
		return (integrationId == null) ? Mono.empty()
				: this.integrations.byIds(account, List.of(integrationId))
					.flatMapIterable(
							(found) -> this.views.integrations(LogReader.of(viewer), List.copyOf(found.values())))
					.next();
	}

	@QueryMapping
	Mono<Connection<IntegrationView>> integrations(@PageOf(PagedList.INTEGRATIONS) PageRequest page,
			@ContextValue Viewer viewer) {
		return this.integrations
			.between(viewer.accountId(), page.numberAfter(0), page.numberBefore(Long.MAX_VALUE), page.sought(),
					page.fromStart())
			.map((found) -> page.connection(found, (integration) -> SortKey.of(integration.integrationId()),
					(shown) -> this.views.integrations(LogReader.of(viewer), shown)));
	}

	@SchemaMapping(typeName = "Origin")
	String id(Origin origin) {
		return this.ids.encode(Ids.Kind.ORIGIN, origin.accountId(), origin.originId());
	}

	@SchemaMapping(typeName = "Integration")
	Mono<List<JobNotificationView>> recentJobNotifications(IntegrationView integration, @Argument int first) {
		return integration.together()
			.read(PageRequest.checked(first, MOST_RECENT, "first"), (all) -> recent(integration.reader(), all, first))
			.map((recent) -> recent.getOrDefault(integration.integration().integrationId(), List.of()));
	}

	private Mono<Map<Long, List<JobNotificationView>>> recent(LogReader reader, List<Integration> all, int first) {
		return this.history.recent(reader.account(), all.stream().map(Integration::integrationId).toList(), first)
			.map((entries) -> this.views.of(reader, entries)
				.stream()
				.collect(Collectors.groupingBy((view) -> view.entry().integrationId())));
	}

}
