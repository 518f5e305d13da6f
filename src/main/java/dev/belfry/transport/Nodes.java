package dev.belfry.transport;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import graphql.schema.GraphQLSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.NodeType;
import dev.belfry.accounts.ScopeDirective;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The objects that ids name, of whatever type. */
@Component
class Nodes {

	private final List<NodeType> types;

	private final Ids ids;

	Nodes(List<NodeResolver> resolvers, Ids ids) {
		this.types = resolvers.stream().flatMap((resolver) -> resolver.types().stream()).toList();
		this.ids = ids;
	}

	/**
	 * What an id could name for a viewer; null if that is nothing, as for the platform,
	 * which has no account.
	 */
	@Nullable Named named(String id, Viewer viewer, GraphQLSchema schema) {
		if (viewer.account() == null) {
			return null;
		}
		AccountId account = viewer.accountId();
		for (NodeType type : this.types) {
			Long number = this.ids.decode(type.kind(), account, id);
			if (number != null) {
				return new Named(type, number, missingScope(type, number, viewer, schema));
			}
		}
		return null;
	}

	/** Everyone may see who they are themselves, as in {@code viewer}. */
	private static @Nullable String missingScope(NodeType type, long number, Viewer viewer, GraphQLSchema schema) {
		boolean self = type.kind() == Ids.Kind.USER && viewer.user() != null && viewer.user().userId() == number;
		String scope = ScopeDirective.scopeOf(Objects.requireNonNull(schema.getObjectType(type.name())));
		return (scope == null || self || viewer.scopes().contains(scope)) ? null : scope;
	}

	/** Those of the things that there are, each type's by one look-up. */
	Mono<Map<Named, Object>> find(Collection<Named> named, Viewer viewer) {
		Map<NodeType, List<Named>> byType = named.stream().collect(Collectors.groupingBy(Named::type));
		return Flux.fromIterable(byType.entrySet())
			.flatMap((each) -> find(each.getKey(), each.getValue(), viewer))
			.collect(HashMap::new, Map::putAll);
	}

	private static Mono<Map<Named, Object>> find(NodeType type, List<Named> named, Viewer viewer) {
		List<Long> numbers = named.stream().map(Named::number).distinct().toList();
		return type.objects().apply(viewer, numbers).map((objects) -> {
			Map<Named, Object> found = new HashMap<>();
			for (Named each : named) {
				Object object = objects.get(each.number());
				if (object != null) {
					found.put(each, object);
				}
			}
			return found;
		});
	}

	/**
	 * What an id names, if there is such an object.
	 *
	 * @param missingScope the scope that the viewer would need to see it; null if they
	 * may
	 */
	record Named(NodeType type, long number, @Nullable String missingScope) {
	}

}
