package dev.belfry.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.belfry.accounts.AccountId;
import reactor.core.publisher.Mono;

/**
 * Entries that were read together, and what belongs to them: read when the first of them
 * is asked for it, in one statement for all. It does the work of a data loader, and
 * leaves nothing behind in a long subscription.
 */
final class LoadedTogether {

	private final Reader reader;

	private final JobViews views;

	private final Mono<Map<Long, List<JobMessage>>> messages;

	private final Mono<Map<Long, IntegrationView>> integrations;

	private final @Nullable Mono<Set<Long>> read;

	LoadedTogether(Reader reader, List<JobNotification> entries, JobViews views) {
		AccountId account = reader.account();
		Long userId = reader.userId();
		this.reader = reader;
		this.views = views;
		List<Long> positions = entries.stream().map(JobNotification::position).toList();
		this.messages = Mono.defer(() -> views.history().messages(account, withMessages(entries))).cache();
		this.integrations = Mono.defer(() -> views.integrations().byIds(account, integrationIds(entries)))
			.map(this::views)
			.cache();
		this.read = (userId == null) ? null
				: Mono.defer(() -> views.history().read(account, userId, positions)).cache();
	}

	AccountId account() {
		return this.reader.account();
	}

	JobViews views() {
		return this.views;
	}

	Mono<List<JobMessage>> messages(JobNotification entry) {
		return (entry.messageCount() == 0) ? Mono.just(List.of())
				: this.messages.map((all) -> all.getOrDefault(entry.position(), List.of()));
	}

	Mono<IntegrationView> integration(JobNotification entry) {
		return this.integrations.mapNotNull((all) -> all.get(entry.integrationId()));
	}

	/** Empty for a viewer who is no user. */
	Mono<Boolean> isRead(JobNotification entry) {
		return (this.read == null) ? Mono.empty() : this.read.map((positions) -> positions.contains(entry.position()));
	}

	private Map<Long, IntegrationView> views(Map<Long, Integration> integrations) {
		return this.views.integrations(this.reader, List.copyOf(integrations.values()))
			.stream()
			.collect(Collectors.toMap((view) -> view.integration().integrationId(), Function.identity()));
	}

	private static List<Long> withMessages(List<JobNotification> entries) {
		return entries.stream().filter((entry) -> entry.messageCount() > 0).map(JobNotification::position).toList();
	}

	private static List<Long> integrationIds(List<JobNotification> entries) {
		return entries.stream().map(JobNotification::integrationId).distinct().toList();
	}

}
