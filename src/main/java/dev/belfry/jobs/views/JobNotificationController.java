package dev.belfry.jobs.views;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.Edge;
import dev.belfry.graphql.relay.PageInfo;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.integrations.Integration;
import dev.belfry.jobs.integrations.Integrations;
import dev.belfry.jobs.log.JobMessage;
import dev.belfry.jobs.log.JobMessages;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.values.SortKey;
import reactor.core.publisher.Mono;

/** What belongs to a job notification and is read from elsewhere. */
@Controller
@SchemaMapping(typeName = "JobNotification")
class JobNotificationController {

	private final JobHistory history;

	private final JobMessages messages;

	private final Integrations integrations;

	private final JobViews views;

	JobNotificationController(JobHistory history, JobMessages messages, Integrations integrations, JobViews views) {
		this.history = history;
		this.messages = messages;
		this.integrations = integrations;
		this.views = views;
	}

	@SchemaMapping
	Mono<IntegrationView> integration(JobNotificationView job) {
		return job.together()
			.read(Integration.class, (all) -> integrations(job.reader(), all))
			.mapNotNull((found) -> found.get(job.entry().integrationId()));
	}

	private Mono<Map<Long, IntegrationView>> integrations(LogReader reader, List<JobNotification> entries) {
		Set<Long> ids = entries.stream().map(JobNotification::integrationId).collect(Collectors.toSet());
		return this.integrations.byIds(reader.account(), ids)
			.flatMapIterable((found) -> this.views.integrations(reader, List.copyOf(found.values())))
			.collectMap((view) -> view.integration().integrationId());
	}

	/** Null for a viewer who is no user. */
	@SchemaMapping
	Mono<Boolean> read(JobNotificationView job) {
		Long userId = job.reader().userId();
		return (userId == null) ? Mono.empty()
				: job.together()
					.read(Marks.class, (all) -> this.history.read(job.account(), userId, positions(all)))
					.map((read) -> read.contains(job.entry().position()));
	}

	@SchemaMapping
	Mono<MessageConnection> messages(JobNotificationView job, @PageOf(PagedList.MESSAGES) PageRequest page,
			@Argument @Nullable List<MessageSeverity> severities) {
		Set<MessageSeverity> wanted = (severities == null) ? Set.of() : Set.copyOf(severities);
		return messages(job).map((messages) -> page(messages, page, wanted));
	}

	private Mono<List<JobMessage>> messages(JobNotificationView job) {
		return (job.messageCount() == 0) ? Mono.just(List.of())
				: job.together()
					.read(JobMessage.class, (all) -> this.messages.of(job.account(), withMessages(all)))
					.map((messages) -> messages.getOrDefault(job.entry().position(), List.of()));
	}

	private static List<Long> withMessages(List<JobNotification> entries) {
		return positions(entries.stream().filter((entry) -> entry.messageCount() > 0).toList());
	}

	private static List<Long> positions(List<JobNotification> entries) {
		return entries.stream().map(JobNotification::position).toList();
	}

	/** Places count from 1 in the job's own order, whatever severities are asked for. */
	private static MessageConnection page(List<JobMessage> messages, PageRequest page,
			Set<MessageSeverity> severities) {
		List<Integer> matching = IntStream.rangeClosed(1, messages.size())
			.filter((place) -> severities.isEmpty() || severities.contains(messages.get(place - 1).severity()))
			.boxed()
			.toList();
		List<Integer> rest = matching.stream().filter((place) -> place > page.numberAfter(0)).toList();
		return new MessageConnection(page.connection(rest, (place) -> SortKey.of(place),
				(places) -> places.stream().map((place) -> messages.get(place - 1)).toList(),
				rest.size() < matching.size()), matching.size());
	}

	record MessageConnection(Connection<JobMessage> page, int totalCount) {

		public List<Edge<JobMessage>> edges() {
			return this.page.edges();
		}

		public List<JobMessage> nodes() {
			return this.page.nodes();
		}

		public PageInfo pageInfo() {
			return this.page.pageInfo();
		}

	}

}
