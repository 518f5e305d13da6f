package dev.belfry.accounts;

import java.util.List;

/**
 * Finds objects by their ids for {@code node} and {@code nodes}: each feature has one for
 * its types. The GraphQL type of an object is the simple name of its class, without a
 * {@code View} at the end.
 */
public interface NodeResolver {

	/** The types whose objects it finds. */
	List<NodeType> types();

}
