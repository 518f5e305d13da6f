package dev.belfry.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.NodeType;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Mono;

/** Job notifications, integrations and origins by their ids. */
@Component
class JobNodes implements NodeResolver {

	private final JobHistory history;

	private final Integrations integrations;

	private final JobViews views;

	JobNodes(JobHistory history, Integrations integrations, JobViews views) {
		this.history = history;
		this.integrations = integrations;
		this.views = views;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("JobNotification", Ids.Kind.JOB_NOTIFICATION, this::notifications),
				new NodeType("Integration", Ids.Kind.INTEGRATION, this::integrations),
				new NodeType("Origin", Ids.Kind.ORIGIN, this::origins));
	}

	private Mono<Map<Long, Object>> notifications(Viewer viewer, Collection<Long> positions) {
		return this.history.byPositions(viewer.accountId(), positions)
			.map((found) -> NodeType.byNumber(this.views.of(Reader.of(viewer), List.copyOf(found.values())),
					(view) -> view.entry().position()));
	}

	private Mono<Map<Long, Object>> integrations(Viewer viewer, Collection<Long> numbers) {
		return this.integrations.byIds(viewer.accountId(), numbers)
			.map((found) -> NodeType.byNumber(this.views.integrations(Reader.of(viewer), List.copyOf(found.values())),
					(view) -> view.integration().integrationId()));
	}

	private Mono<Map<Long, Object>> origins(Viewer viewer, Collection<Long> numbers) {
		return this.integrations.originsByIds(viewer.accountId(), numbers)
			.map((found) -> NodeType.byNumber(found.values().stream().map(this.views::origin).toList(),
					(view) -> view.origin().originId()));
	}

}
