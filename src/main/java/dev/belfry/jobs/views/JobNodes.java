package dev.belfry.jobs.views;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.jobs.marks.LogReader;

/** Job notifications, integrations and origins by their ids. */
@Configuration(proxyBeanMethods = false)
class JobNodes {

	@Bean
	NodeSource jobNotificationSource(JobHistory history, JobViews views) {
		return new NodeSource(Ids.Kind.JOB_NOTIFICATION,
				(viewer, positions) -> history.byPositions(viewer.accountId(), positions)
					.flatMapIterable((found) -> views.of(LogReader.of(viewer), List.copyOf(found.values())))
					.collectMap((view) -> view.entry().position()));
	}

	@Bean
	NodeSource integrationSource(Integrations integrations, JobViews views) {
		return new NodeSource(Ids.Kind.INTEGRATION,
				(viewer, numbers) -> integrations.byIds(viewer.accountId(), numbers)
					.flatMapIterable((found) -> views.integrations(LogReader.of(viewer), List.copyOf(found.values())))
					.collectMap((view) -> view.integration().integrationId()));
	}

	@Bean
	NodeSource originSource(Integrations integrations) {
		return new NodeSource(Ids.Kind.ORIGIN,
				(viewer, numbers) -> integrations.originsByIds(viewer.accountId(), numbers));
	}

}
