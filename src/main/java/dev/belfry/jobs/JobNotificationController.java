package dev.belfry.jobs;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.PageCursors;
import dev.belfry.accounts.PagedList;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Slice;
import dev.belfry.platform.SortKey;
import reactor.core.publisher.Mono;

/** What belongs to a job notification and is read from elsewhere. */
@Controller
@SchemaMapping(typeName = "JobNotification")
class JobNotificationController {

	private final PageCursors cursors;

	JobNotificationController(PageCursors cursors) {
		this.cursors = cursors;
	}

	@SchemaMapping
	Mono<IntegrationView> integration(JobNotificationView job) {
		return job.together().integration(job.entry());
	}

	@SchemaMapping
	Mono<Boolean> read(JobNotificationView job) {
		return job.together().isRead(job.entry());
	}

	@SchemaMapping
	Mono<MessageConnection> messages(JobNotificationView job, @Argument @Nullable Integer first,
			@Argument @Nullable String after, @Argument @Nullable List<MessageSeverity> severities) {
		Slice slice = this.cursors.slice(PagedList.MESSAGES, job.together().account(), first, after);
		Set<MessageSeverity> wanted = (severities == null) ? Set.of() : Set.copyOf(severities);
		return job.together().messages(job.entry()).map((messages) -> page(job, messages, slice, wanted));
	}

	/** Places count from 1 in the job's own order, whatever severities are asked for. */
	private MessageConnection page(JobNotificationView job, List<JobMessage> messages, Slice slice,
			Set<MessageSeverity> severities) {
		AccountId account = job.together().account();
		List<MessageEdge> matching = java.util.stream.IntStream.range(0, messages.size())
			.filter((i) -> severities.isEmpty() || severities.contains(messages.get(i).severity()))
			.mapToObj((i) -> new MessageEdge(i + 1, account, this.cursors, messages.get(i)))
			.toList();
		long after = slice.numberAfter(0);
		List<MessageEdge> rest = matching.stream().filter((edge) -> edge.place() > after).toList();
		List<MessageEdge> edges = rest.subList(0, Math.min(rest.size(), slice.most()));
		PageInfo pageInfo = PageInfo.of(rest.size() > edges.size(), rest.size() < matching.size(), edges,
				(edge) -> edge.cursor());
		return new MessageConnection(edges, pageInfo, matching.size());
	}

	record MessageConnection(List<MessageEdge> edges, PageInfo pageInfo, int totalCount) {

		public List<JobMessage> nodes() {
			return this.edges.stream().map(MessageEdge::node).toList();
		}

	}

	record MessageEdge(int place, AccountId account, PageCursors cursors, JobMessage node) {

		public String cursor() {
			return this.cursors.encode(PagedList.MESSAGES, this.account, SortKey.of(this.place));
		}

	}

}
