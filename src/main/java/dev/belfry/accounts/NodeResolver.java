package dev.belfry.accounts;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * Finds objects by their ids for {@code node} and {@code nodes}: each feature has one for
 * its types. The GraphQL type of an object is the simple name of its class, without a
 * {@code View} at the end.
 */
public interface NodeResolver {

	/**
	 * The objects by id, for those of the ids that this resolver knows and the viewer's
	 * account has.
	 */
	Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids);

}
