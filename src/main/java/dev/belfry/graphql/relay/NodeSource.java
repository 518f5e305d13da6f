package dev.belfry.graphql.relay;

import java.util.Collection;
import java.util.Map;

import reactor.core.publisher.Mono;

import dev.belfry.ids.Ids;
import dev.belfry.viewer.Viewer;

/**
 * Where {@code node} and {@code nodes} find the objects of one type: each room has a bean
 * for each type of its own that has ids. The scope that it takes is the type's
 * {@code @requiresScope} in the schema.
 */
public record NodeSource(Ids.Kind kind, Load load) {

	/** Loads the objects of a viewer's account. */
	@FunctionalInterface
	public interface Load {

		/**
		 * Those that there are, by their numbers.
		 * @param numbers at least one, each once
		 */
		Mono<? extends Map<Long, ?>> load(Viewer viewer, Collection<Long> numbers);

	}

}
