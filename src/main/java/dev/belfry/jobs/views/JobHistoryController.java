package dev.belfry.jobs.views;

import java.util.List;
import java.util.Set;

import graphql.execution.MergedField;
import graphql.language.Field;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.graphql.relay.PageInfo;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.input.Refusal;
import dev.belfry.jobs.filter.JobFilter;
import dev.belfry.jobs.filter.JobFilterInput;
import dev.belfry.jobs.filter.JobFilters;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.history.JobPage;
import dev.belfry.jobs.history.LogRange;
import dev.belfry.jobs.history.Tallies;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** The history as the schema asks for it. */
@Controller
class JobHistoryController {

	private static final Set<String> OF_ENTRIES = Set.of("edges", "nodes", "pageInfo");

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
	Mono<JobConnection> jobNotifications(@Argument @Nullable JobFilterInput filter, @Argument @Nullable Boolean read,
			@PageOf(PagedList.JOB_NOTIFICATIONS) PageRequest page, @ContextValue Viewer viewer,
			DataFetchingEnvironment environment) {
		AccountId account = viewer.accountId();
		JobFilter wanted = this.filters.read(account, filter);
		LogReader reader = LogReader.of(viewer);
		Mono<JobPage> found = showsEntries(environment.getMergedField())
				? this.history.page(account, wanted, read, reader.userId(), page)
				: this.history.range(account, wanted.recordedAt(), reader.userId())
					.map((range) -> new JobPage(range, List.of()));
		return found.doOnNext((answer) -> checkEnd(answer.range(), page))
			.map((answer) -> new JobConnection(reader, wanted, read, answer.range(), page,
					shown(reader, page, answer.found()), this.cursors));
	}

	/** Whether entries are asked for; in a fragment they may be. */
	private static boolean showsEntries(MergedField field) {
		return field.getFields()
			.stream()
			.flatMap((each) -> each.getSelectionSet().getSelections().stream())
			.anyMatch((selected) -> !(selected instanceof Field named) || OF_ENTRIES.contains(named.getName()));
	}

	/** Whether there is something behind the page is looked up when it is asked for. */
	private Connection<JobNotificationView> shown(LogReader reader, PageRequest page, List<JobNotification> found) {
		return page.connection(found, (entry) -> SortKey.of(entry.position()),
				(entries) -> this.views.of(reader, entries), false);
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<PageInfo> pageInfo(JobConnection connection, DataFetchingEnvironment environment) {
		PageRequest request = connection.request();
		PageInfo page = connection.page().pageInfo();
		SortKey edge = request.fromStart() ? request.after() : request.before();
		String behind = request.fromStart() ? "hasPreviousPage" : "hasNextPage";
		if (edge == null || !environment.getSelectionSet().contains(behind)) {
			return Mono.just(page);
		}
		LogRange all = connection.range();
		LogRange rest = request.fromStart() ? all.within(Math.max(edge.number(), all.oldest()), all.newest())
				: all.within(all.oldest(), Math.min(edge.number(), all.newest()));
		return this.history.any(connection.reader().account(), connection.filter(), connection.read(), rest)
			.map(page::withBehind);
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<Long> totalCount(JobConnection connection) {
		return count(connection).map((count) -> isExact(connection) ? count : Math.min(count, JobHistory.MOST_COUNTED));
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<Boolean> totalCountIsExact(JobConnection connection) {
		return isExact(connection) ? Mono.just(true)
				: count(connection).map((count) -> count <= JobHistory.MOST_COUNTED);
	}

	@SchemaMapping(typeName = "JobNotificationConnection")
	Mono<JobFacets> facets(JobConnection connection) {
		return tallies(connection).map((tallies) -> new JobFacets(connection.reader(), connection.filter(), tallies));
	}

	private Mono<Long> count(JobConnection connection) {
		return this.history.count(connection.reader().account(), connection.filter(), connection.read(),
				connection.range());
	}

	private Mono<Tallies> tallies(JobConnection connection) {
		return this.history.tallies(connection.reader().account(), connection.filter(), connection.range());
	}

	private static boolean isExact(JobConnection connection) {
		return JobHistory.areAllCounted(connection.filter(), connection.read());
	}

	private static void checkEnd(LogRange range, PageRequest page) {
		if (page.numberAfter(0) > range.end()) {
			throw Refusal.cursorInvalid("after");
		}
		if (page.numberBefore(0) > range.end()) {
			throw Refusal.cursorInvalid("before");
		}
	}

}
