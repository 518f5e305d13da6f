package dev.belfry.accounts;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

import reactor.core.publisher.Mono;

/**
 * A type of the schema whose objects {@code node} and {@code nodes} show by their ids.
 * The scope that it takes is the type's {@code @requiresScope} in the schema.
 *
 * @param name the type's name in the schema
 * @param kind of its objects' ids
 * @param objects those that a viewer's account has, by the numbers in their ids, of which
 * there is at least one
 */
public record NodeType(String name, Ids.Kind kind,
		BiFunction<Viewer, Collection<Long>, Mono<Map<Long, Object>>> objects) {

	/** Objects by their numbers. */
	public static <T> Map<Long, Object> byNumber(Iterable<T> objects, ToLongFunction<T> number) {
		Map<Long, Object> byNumber = new HashMap<>();
		objects.forEach((object) -> byNumber.put(number.applyAsLong(object), object));
		return byNumber;
	}

}
