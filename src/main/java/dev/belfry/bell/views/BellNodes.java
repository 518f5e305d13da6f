package dev.belfry.bell.views;

import java.util.Collection;
import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.belfry.bell.feeds.BellState;
import dev.belfry.graphql.relay.NodeSource;
import dev.belfry.ids.Ids;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** A user's own bell by its id; the bell of another user is not there. */
@Configuration(proxyBeanMethods = false)
class BellNodes {

	@Bean
	NodeSource bellSource(Marks marks, BellViews views) {
		return new NodeSource(Ids.Kind.BELL, (viewer, users) -> bell(viewer, users, marks, views));
	}

	private static Mono<Map<Long, BellViews.BellView>> bell(Viewer viewer, Collection<Long> users, Marks marks,
			BellViews views) {
		LogReader reader = LogReader.of(viewer);
		Long userId = reader.userId();
		return (userId == null || !users.contains(userId)) ? Mono.just(Map.of()) : marks.of(reader.account(), userId)
			.map((marked) -> Map.of(userId, views.bell(reader, userId, BellState.of(marked.head(), marked))));
	}

}
