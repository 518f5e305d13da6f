package dev.belfry.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Failures;
import dev.belfry.platform.Refusal;
import dev.belfry.transport.Nodes.Named;
import reactor.core.publisher.Mono;

/**
 * Anything that has an id, by its id. Whether its type may be shown is decided before it
 * is looked for, so the answer does not tell whether there is such an object.
 */
@Controller
class NodeController {

	private static final int MOST = 100;

	private final Nodes nodes;

	NodeController(Nodes nodes) {
		this.nodes = nodes;
	}

	@QueryMapping
	Mono<Object> node(@Argument String id, @ContextValue Viewer viewer, DataFetchingEnvironment field) {
		Named named = this.nodes.named(id, viewer, field.getGraphQLSchema());
		if (named == null) {
			return Mono.empty();
		}
		if (named.missingScope() != null) {
			return Mono.error(Refusal.missingScope(named.missingScope()));
		}
		return this.nodes.find(List.of(named), viewer).mapNotNull((found) -> found.get(named));
	}

	@QueryMapping
	Mono<DataFetcherResult<List<@Nullable Object>>> nodes(@Argument List<String> ids, @ContextValue Viewer viewer,
			DataFetchingEnvironment field) {
		if (ids.size() > MOST) {
			throw Refusal.badInput("At most " + MOST + " ids at once.", "ids");
		}
		Map<String, Named> named = new HashMap<>();
		for (String id : ids) {
			Named known = this.nodes.named(id, viewer, field.getGraphQLSchema());
			if (known != null) {
				named.put(id, known);
			}
		}
		List<Named> shown = named.values().stream().filter((each) -> each.missingScope() == null).toList();
		return this.nodes.find(shown, viewer).map((found) -> inOrder(ids, named, found, field));
	}

	private static DataFetcherResult<List<@Nullable Object>> inOrder(List<String> ids, Map<String, Named> named,
			Map<Named, Object> found, DataFetchingEnvironment field) {
		List<@Nullable Object> nodes = new ArrayList<>();
		List<GraphQLError> errors = new ArrayList<>();
		for (int place = 0; place < ids.size(); place++) {
			Named known = named.get(ids.get(place));
			nodes.add((known != null) ? found.get(known) : null);
			if (known != null && known.missingScope() != null) {
				errors.add(error(Refusal.missingScope(known.missingScope()), place, field));
			}
		}
		return DataFetcherResult.<List<@Nullable Object>>newResult().data(nodes).errors(errors).build();
	}

	private static GraphQLError error(Refusal refusal, int place, DataFetchingEnvironment field) {
		return Failures.error(refusal,
				GraphqlErrorBuilder.newError(field).path(field.getExecutionStepInfo().getPath().segment(place)));
	}

}
