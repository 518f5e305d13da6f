package dev.belfry.jobs;

import java.util.List;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Viewer;
import dev.belfry.generated.types.JobNotificationFilter;
import dev.belfry.log.Cursors;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Refusal;
import dev.belfry.platform.Slice;
import dev.belfry.platform.SortKey;
import reactor.core.publisher.Mono;

/** The history as the schema asks for it. */
@Controller
class JobHistoryController {

	private final JobHistory history;

	private final JobFilters filters;

	private final JobViews views;

	private final Cursors cursors;

	JobHistoryController(JobHistory history, JobFilters filters, JobViews views, Cursors cursors) {
		this.history = history;
		this.filters = filters;
		this.views = views;
		this.cursors = cursors;
	}

	@QueryMapping
	Mono<JobConnection> jobNotifications(@Argument @Nullable JobNotificationFilter filter,
			@Argument @Nullable Boolean read, @Argument @Nullable Integer first, @Argument @Nullable String after,
			@Argument @Nullable Integer last, @Argument @Nullable String before, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		JobFilter wanted = this.filters.read(account, filter);
		Slice slice = Slice.of(first, this.cursors.key(account, after, "after"), last,
				this.cursors.key(account, before, "before"));
		Reader reader = Reader.of(viewer);
		return this.history.stretch(account, wanted.recordedAt(), reader.userId())
			.doOnNext((stretch) -> checkEnd(stretch, slice))
			.flatMap((stretch) -> this.history.page(account, wanted, read, stretch, slice)
				.map((entries) -> connection(reader, wanted, read, stretch, slice, entries)));
	}

	private JobConnection connection(Reader reader, JobFilter filter, @Nullable Boolean read, Stretch stretch,
			Slice slice, List<JobNotification> entries) {
		boolean hasMore = entries.size() > slice.most();
		int extra = hasMore ? 1 : 0;
		List<JobNotification> page = slice.fromStart() ? entries.subList(0, entries.size() - extra)
				: entries.subList(extra, entries.size());
		return new JobConnection(reader, filter, read, stretch, slice, this.views.of(reader, page), hasMore,
				this.cursors.encode(reader.account(), stretch.end()));
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<PageInfo> pageInfo(JobConnection connection, DataFetchingEnvironment environment) {
		Slice slice = connection.slice();
		SortKey edge = slice.fromStart() ? slice.after() : slice.before();
		String behind = slice.fromStart() ? "hasPreviousPage" : "hasNextPage";
		if (edge == null || !environment.getSelectionSet().contains(behind)) {
			return Mono.just(pageInfo(connection, false));
		}
		Stretch all = connection.stretch();
		Stretch rest = slice.fromStart() ? all.within(Math.max(edge.number(), all.oldest()), all.newest())
				: all.within(all.oldest(), Math.min(edge.number(), all.newest()));
		return this.history.any(connection.reader().account(), connection.filter(), connection.read(), rest)
			.map((any) -> pageInfo(connection, any));
	}

	private static PageInfo pageInfo(JobConnection connection, boolean moreBehind) {
		boolean fromStart = connection.slice().fromStart();
		List<JobNotificationView> nodes = connection.nodes();
		return PageInfo.of(fromStart ? connection.hasMore() : moreBehind, fromStart ? moreBehind : connection.hasMore(),
				nodes, (edge) -> edge.cursor());
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<Long> totalCount(JobConnection connection) {
		return count(connection)
			.map((count) -> isTallied(connection) ? count : Math.min(count, JobHistory.MOST_COUNTED));
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<Boolean> totalCountIsExact(JobConnection connection) {
		return isTallied(connection) ? Mono.just(true)
				: count(connection).map((count) -> count <= JobHistory.MOST_COUNTED);
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<JobFacets> facets(JobConnection connection) {
		return tallies(connection).map((tallies) -> new JobFacets(connection.reader(), connection.filter(), tallies));
	}

	private Mono<Long> count(JobConnection connection) {
		return isTallied(connection) ? tallies(connection).map((tallies) -> tallies.total(connection.filter()))
				: this.history.count(connection.reader().account(), connection.filter(), connection.read(),
						connection.stretch());
	}

	private Mono<Tallies> tallies(JobConnection connection) {
		return this.history.tallies(connection.reader().account(), connection.filter(), connection.stretch());
	}

	private static boolean isTallied(JobConnection connection) {
		return connection.read() == null && connection.filter().isCoveredByTallies();
	}

	private static void checkEnd(Stretch stretch, Slice slice) {
		if (slice.numberAfter(0) > stretch.end()) {
			throw Refusal.cursorInvalid("after");
		}
		if (slice.numberBefore(0) > stretch.end()) {
			throw Refusal.cursorInvalid("before");
		}
	}

}
