package dev.belfry.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Refusal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Anything that has an id, by its id. */
@Controller
class NodeController {

	private static final int MOST = 100;

	private final List<NodeResolver> resolvers;

	NodeController(List<NodeResolver> resolvers) {
		this.resolvers = resolvers;
	}

	@QueryMapping
	Mono<Object> node(@Argument String id, @ContextValue Viewer viewer) {
		return found(List.of(id), viewer).mapNotNull((found) -> found.get(id));
	}

	@QueryMapping
	Mono<List<@Nullable Object>> nodes(@Argument List<String> ids, @ContextValue Viewer viewer) {
		if (ids.size() > MOST) {
			throw Refusal.badInput("At most " + MOST + " ids at once.", "ids");
		}
		return found(ids, viewer).map((found) -> inOrder(ids, found));
	}

	/** For the platform, which has no account, there is nothing. */
	private Mono<Map<String, Object>> found(List<String> ids, Viewer viewer) {
		if (viewer.account() == null) {
			return Mono.just(Map.of());
		}
		return Flux.fromIterable(this.resolvers)
			.flatMap((resolver) -> resolver.resolve(viewer, ids))
			.collect(HashMap::new, Map::putAll);
	}

	private static List<@Nullable Object> inOrder(List<String> ids, Map<String, Object> found) {
		List<@Nullable Object> nodes = new ArrayList<>();
		ids.forEach((id) -> nodes.add(found.get(id)));
		return nodes;
	}

}
