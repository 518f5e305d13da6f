package dev.belfry.bell;

import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import dev.belfry.jobs.Marks;
import dev.belfry.jobs.Reader;
import reactor.core.publisher.Mono;

/** A user's own bell by its id; the bell of another user is not there. */
@Component
class BellNodes implements NodeResolver {

	private final Marks marks;

	private final BellViews views;

	private final Ids ids;

	BellNodes(Marks marks, BellViews views, Ids ids) {
		this.marks = marks;
		this.views = views;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		if (viewer.account() == null || viewer.user() == null) {
			return Mono.just(Map.of());
		}
		Reader reader = Reader.of(viewer);
		long userId = viewer.user().userId();
		String own = this.ids.encode(Ids.Kind.BELL, reader.account(), userId);
		return !ids.contains(own) ? Mono.just(Map.of()) : this.marks.of(reader.account(), userId)
			.map((marked) -> Map.of(own, this.views.bell(reader, userId, BellState.of(marked.head(), marked))));
	}

}
