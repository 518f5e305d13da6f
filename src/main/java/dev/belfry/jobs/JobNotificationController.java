package dev.belfry.jobs;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.PageOf;
import dev.belfry.accounts.PagedList;
import dev.belfry.platform.Connection;
import dev.belfry.platform.Edge;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.PageRequest;
import dev.belfry.platform.SortKey;
import reactor.core.publisher.Mono;

/** What belongs to a job notification and is read from elsewhere. */
@Controller
@SchemaMapping(typeName = "JobNotification")
class JobNotificationController {

	@SchemaMapping
	Mono<IntegrationView> integration(JobNotificationView job) {
		return job.together().integration(job.entry());
	}

	@SchemaMapping
	Mono<Boolean> read(JobNotificationView job) {
		return job.together().isRead(job.entry());
	}

	@SchemaMapping
	Mono<MessageConnection> messages(JobNotificationView job, @PageOf(PagedList.MESSAGES) PageRequest page,
			@Argument @Nullable List<MessageSeverity> severities) {
		Set<MessageSeverity> wanted = (severities == null) ? Set.of() : Set.copyOf(severities);
		return job.together().messages(job.entry()).map((messages) -> page(messages, page, wanted));
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
