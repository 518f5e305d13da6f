package dev.belfry.jobs.views;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.catalog.commerce.Operations;
import dev.belfry.catalog.types.Operation;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.jobs.history.Tallies;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Origin;
import dev.belfry.jobs.log.JobOutcome;
import reactor.core.publisher.Mono;

/** The facets of the history as the schema shows them. */
@Controller
@SchemaMapping(typeName = "JobNotificationFacets")
class JobFacetsController {

	private static final int MOST = 100;

	private final JobViews views;

	JobFacetsController(JobViews views) {
		this.views = views;
	}

	@SchemaMapping
	boolean isExact(JobFacets facets) {
		return facets.tallies().exact();
	}

	@SchemaMapping
	List<OperationFacet> operations(JobFacets facets) {
		return facets.tallies()
			.operations(facets.filter())
			.stream()
			.map((choice) -> new OperationFacet(Operations.named(choice.value()), choice.count()))
			.toList();
	}

	@SchemaMapping
	List<OutcomeFacet> outcomes(JobFacets facets) {
		return facets.tallies()
			.outcomes(facets.filter())
			.stream()
			.map((choice) -> new OutcomeFacet(choice.value(), choice.count()))
			.toList();
	}

	@SchemaMapping
	Mono<List<IntegrationFacet>> integrations(JobFacets facets, @Argument int first) {
		List<Tallies.Choice<Long>> choices = most(facets.tallies().integrations(facets.filter()), first);
		return this.views.integrations()
			.byIds(facets.reader().account(), values(choices))
			.map((found) -> integrations(facets, choices, found));
	}

	private List<IntegrationFacet> integrations(JobFacets facets, List<Tallies.Choice<Long>> choices,
			Map<Long, Integration> found) {
		List<Integration> named = choices.stream()
			.map((choice) -> found.get(choice.value()))
			.filter(Objects::nonNull)
			.toList();
		Map<Long, Long> counts = choices.stream()
			.collect(java.util.stream.Collectors.toMap(Tallies.Choice::value, Tallies.Choice::count));
		return this.views.integrations(facets.reader(), named)
			.stream()
			.map((view) -> new IntegrationFacet(view, counts.getOrDefault(view.integration().integrationId(), 0L)))
			.toList();
	}

	@SchemaMapping
	Mono<List<OriginFacet>> origins(JobFacets facets, @Argument int first) {
		List<Tallies.Choice<Long>> choices = most(facets.tallies().origins(facets.filter()), first);
		return this.views.integrations()
			.originsByIds(facets.reader().account(), values(choices))
			.map((found) -> choices.stream()
				.filter((choice) -> found.containsKey(choice.value()))
				.map((choice) -> new OriginFacet(Objects.requireNonNull(found.get(choice.value())), choice.count()))
				.toList());
	}

	private static List<Tallies.Choice<Long>> most(List<Tallies.Choice<Long>> choices, int first) {
		return choices.subList(0, Math.min(choices.size(), PageRequest.checked(first, MOST, "first")));
	}

	private static List<Long> values(List<Tallies.Choice<Long>> choices) {
		return choices.stream().map(Tallies.Choice::value).toList();
	}

	record OperationFacet(Operation operation, long count) {
	}

	record IntegrationFacet(IntegrationView integration, long count) {
	}

	record OriginFacet(Origin origin, long count) {
	}

	record OutcomeFacet(JobOutcome outcome, long count) {
	}

}
