package dev.belfry.bell.views;

import java.util.List;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;
import org.springframework.stereotype.Controller;

import dev.belfry.bell.feeds.BellFeeds;
import dev.belfry.bell.feeds.BellState;
import dev.belfry.bell.views.BellViews.BatchView;
import dev.belfry.bell.views.BellViews.BellView;
import dev.belfry.graphql.execution.Progress;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.input.Refusal;
import dev.belfry.jobs.filter.JobFilterInput;
import dev.belfry.jobs.filter.JobFilters;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.jobs.views.JobNotificationView;
import dev.belfry.jobs.views.JobViews;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bell and both subscriptions as the schema asks for them. */
@Controller
class BellController implements RuntimeWiringConfigurer {

	private static final int MOST_RECENT = 25;

	private final BellFeeds feeds;

	private final BellViews views;

	private final Marks marks;

	private final JobHistory history;

	private final JobViews jobs;

	private final JobFilters filters;

	private final Cursors cursors;

	private final BellWarnings warnings;

	BellController(BellFeeds feeds, BellViews views, Marks marks, JobHistory history, JobViews jobs, JobFilters filters,
			Cursors cursors, BellWarnings warnings) {
		this.feeds = feeds;
		this.views = views;
		this.marks = marks;
		this.history = history;
		this.jobs = jobs;
		this.filters = filters;
		this.cursors = cursors;
		this.warnings = warnings;
	}

	@QueryMapping("bell")
	Mono<BellView> bell(@ContextValue Viewer viewer) {
		Long userId = LogReader.of(viewer).userId();
		return (userId == null) ? Mono.empty() : this.marks.of(viewer.accountId(), userId)
			.map((marked) -> this.views.bell(LogReader.of(viewer), userId, BellState.of(marked.head(), marked)));
	}

	/**
	 * The subscription to the bell is the commonest of all, and each user has one of
	 * their own: a mapped method would hold its whole execution for as long as it lives.
	 */
	@Override
	public void configure(RuntimeWiring.Builder wiring) {
		wiring.type("Subscription", (type) -> type.dataFetcher("bell", new BellChanges()));
	}

	private Flux<BellView> bellChanges(Viewer viewer) {
		LogReader reader = LogReader.of(viewer);
		Long userId = reader.userId();
		if (userId == null) {
			return Flux.error(Refusal.forbidden("Only a user has a bell. Subscribe to jobNotifications instead."));
		}
		return viewer.epoch()
			.whileItLasts(this.feeds.states(reader.account(), userId, BellWarnings.areFor(viewer))
				.map((state) -> this.views.bell(reader, userId, state)));
	}

	@SubscriptionMapping
	Flux<BatchView> jobNotifications(@Argument @Nullable JobFilterInput filter, @Argument @Nullable String since,
			@ContextValue Viewer viewer, @ContextValue Progress progress) {
		LogReader reader = LogReader.of(viewer);
		AccountId account = reader.account();
		String from = (progress.since() != null) ? progress.since() : since;
		Long position = this.cursors.position(account, from, "since");
		return viewer.epoch()
			.whileItLasts(this.feeds.jobs(account, this.filters.read(account, filter), position, progress.isFirst())
				.map((batch) -> this.views.batch(reader, batch)));
	}

	@SchemaMapping(typeName = "Bell")
	Mono<List<BellWarning>> warnings(BellView bell, @ContextValue Viewer viewer) {
		return BellWarnings.areFor(viewer) ? this.warnings.of(bell.reader().account()) : Mono.just(List.of());
	}

	@SchemaMapping(typeName = "Bell")
	Mono<List<JobNotificationView>> recent(BellView bell, @Argument int first) {
		return this.history.newest(bell.reader().account(), PageRequest.checked(first, MOST_RECENT, "first"))
			.map((entries) -> this.jobs.of(bell.reader(), entries));
	}

	/** Says what it answers, so that the schema can be checked against it. */
	private final class BellChanges implements SelfDescribingDataFetcher<Flux<BellView>> {

		@Override
		public Flux<BellView> get(DataFetchingEnvironment environment) {
			return bellChanges(environment.getGraphQlContext().get(Viewer.CONTEXT_KEY));
		}

		@Override
		public ResolvableType getReturnType() {
			return ResolvableType.forClassWithGenerics(Flux.class, BellView.class);
		}

		@Override
		public String getDescription() {
			return "BellController.bellChanges";
		}

	}

}
