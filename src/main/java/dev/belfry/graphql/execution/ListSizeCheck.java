package dev.belfry.graphql.execution;

import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.stereotype.Component;

/** Lets nothing start with a list that does not say how many items it counts as. */
@Component
class ListSizeCheck {

	ListSizeCheck(GraphQlSource source, OperationLimits limits) {
		limits.sizes(source.schema());
	}

}
