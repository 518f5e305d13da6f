package dev.belfry.jobs;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;

/**
 * The newest notifications of integrations that were read together: one statement for all
 * of them.
 */
final class RecentTogether {

	private final Map<Integer, Mono<Map<Long, List<JobNotificationView>>>> recent = new ConcurrentHashMap<>();

	private final Reader reader;

	private final List<Long> integrationIds;

	private final JobViews views;

	RecentTogether(Reader reader, List<Integration> integrations, JobViews views) {
		this.reader = reader;
		this.integrationIds = integrations.stream().map(Integration::integrationId).toList();
		this.views = views;
	}

	JobViews views() {
		return this.views;
	}

	Mono<List<JobNotificationView>> of(Integration integration, int most) {
		return this.recent.computeIfAbsent(most, (number) -> load(number).cache())
			.map((all) -> all.getOrDefault(integration.integrationId(), List.of()));
	}

	private Mono<Map<Long, List<JobNotificationView>>> load(int most) {
		return Mono.defer(() -> this.views.history().recent(this.reader.account(), this.integrationIds, most))
			.map((entries) -> this.views.of(this.reader, entries)
				.stream()
				.collect(Collectors.groupingBy((view) -> view.entry().integrationId())));
	}

}
