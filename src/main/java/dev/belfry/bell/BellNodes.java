package dev.belfry.bell;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.NodeType;
import dev.belfry.accounts.Viewer;
import dev.belfry.jobs.Marks;
import dev.belfry.jobs.Reader;
import reactor.core.publisher.Mono;

/** A user's own bell by its id; the bell of another user is not there. */
@Component
class BellNodes implements NodeResolver {

	private final Marks marks;

	private final BellViews views;

	BellNodes(Marks marks, BellViews views) {
		this.marks = marks;
		this.views = views;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("Bell", Ids.Kind.BELL, this::bells));
	}

	private Mono<Map<Long, Object>> bells(Viewer viewer, Collection<Long> users) {
		if (viewer.user() == null || !users.contains(viewer.user().userId())) {
			return Mono.just(Map.of());
		}
		Reader reader = Reader.of(viewer);
		long userId = viewer.user().userId();
		return this.marks.of(reader.account(), userId)
			.map((marked) -> Map.of(userId, this.views.bell(reader, userId, BellState.of(marked.head(), marked))));
	}

}
