package dev.belfry.graphql.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.errors.Failures;
import dev.belfry.graphql.schema.ScopeDirective;
import dev.belfry.ids.Ids;
import dev.belfry.ids.Ids.Named;
import dev.belfry.input.Refusal;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Anything that has an id, by its id. Whether its type may be shown is decided before it
 * is looked for, so the answer does not reveal whether there is such an object.
 */
@Controller
class NodeController {

	private static final int MOST = 100;

	private final Map<Ids.Kind, NodeSource> sources;

	private final Ids ids;

	NodeController(List<NodeSource> sources, Ids ids) {
		this.sources = sources.stream().collect(Collectors.toMap(NodeSource::kind, Function.identity()));
		this.ids = ids;
	}

	@QueryMapping
	Mono<Object> node(@Argument String id, @ContextValue Viewer viewer, DataFetchingEnvironment field) {
		Named named = named(id, viewer);
		if (named == null) {
			return Mono.empty();
		}
		String missing = missingScope(named, viewer, field);
		return (missing != null) ? Mono.error(Refusal.missingScope(missing))
				: find(List.of(named), viewer).mapNotNull((found) -> found.get(named));
	}

	@QueryMapping
	Mono<DataFetcherResult<List<@Nullable Object>>> nodes(@Argument List<String> ids, @ContextValue Viewer viewer,
			DataFetchingEnvironment field) {
		if (ids.size() > MOST) {
			throw Refusal.badInput("At most " + MOST + " ids at once.", "ids");
		}
		List<@Nullable Named> asked = new ArrayList<>();
		List<Named> shown = new ArrayList<>();
		List<GraphQLError> errors = new ArrayList<>();
		for (String id : ids) {
			Named named = named(id, viewer);
			String missing = (named != null) ? missingScope(named, viewer, field) : null;
			if (missing != null) {
				errors.add(error(Refusal.missingScope(missing), asked.size(), field));
			}
			else if (named != null) {
				shown.add(named);
			}
			asked.add(named);
		}
		return find(shown, viewer).map((found) -> DataFetcherResult.<List<@Nullable Object>>newResult()
			.data(asked.stream().<@Nullable Object>map(found::get).toList())
			.errors(errors)
			.build());
	}

	/** Null if it is nothing, as for the platform, which has no account. */
	private @Nullable Named named(String id, Viewer viewer) {
		return (viewer.account() != null) ? this.ids.open(viewer.accountId(), id) : null;
	}

	/** Everyone may see who they are themselves, as in {@code viewer}. */
	private static @Nullable String missingScope(Named named, Viewer viewer, DataFetchingEnvironment field) {
		boolean self = named.kind() == Ids.Kind.USER && viewer.user() != null
				&& viewer.user().userId() == named.number();
		String scope = ScopeDirective
			.scopeOf(Objects.requireNonNull(field.getGraphQLSchema().getObjectType(named.kind().type())));
		return (scope == null || self || viewer.scopes().contains(scope)) ? null : scope;
	}

	/** Those of the things that there are, each kind's by one look-up. */
	private Mono<Map<Named, Object>> find(Collection<Named> named, Viewer viewer) {
		Map<Ids.Kind, Set<Long>> numbers = named.stream()
			.collect(Collectors.groupingBy(Named::kind, Collectors.mapping(Named::number, Collectors.toSet())));
		return Flux.fromIterable(numbers.entrySet())
			.flatMap((each) -> find(each.getKey(), each.getValue(), viewer))
			.collect(HashMap::new, Map::putAll);
	}

	private Mono<Map<Named, Object>> find(Ids.Kind kind, Set<Long> numbers, Viewer viewer) {
		return Objects.requireNonNull(this.sources.get(kind)).load().load(viewer, numbers).map((objects) -> {
			Map<Named, Object> found = new HashMap<>();
			objects.forEach((number, object) -> found.put(new Named(kind, number), object));
			return found;
		});
	}

	private static GraphQLError error(Refusal refusal, int place, DataFetchingEnvironment field) {
		return Failures.error(refusal,
				GraphqlErrorBuilder.newError(field).path(field.getExecutionStepInfo().getPath().segment(place)));
	}

}
