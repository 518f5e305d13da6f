package dev.belfry.jobs;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.springframework.stereotype.Component;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.NodeResolver;
import dev.belfry.accounts.Viewer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Job notifications, integrations and origins by their ids. */
@Component
class JobNodes implements NodeResolver {

	private final JobHistory history;

	private final Integrations integrations;

	private final JobViews views;

	private final Ids ids;

	JobNodes(JobHistory history, Integrations integrations, JobViews views, Ids ids) {
		this.history = history;
		this.integrations = integrations;
		this.views = views;
		this.ids = ids;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		if (viewer.account() == null) {
			return Mono.just(Map.of());
		}
		Reader reader = Reader.of(viewer);
		return Flux
			.concat(found(reader, Ids.Kind.JOB_NOTIFICATION, ids, this::notifications),
					found(reader, Ids.Kind.INTEGRATION, ids, this::integrations),
					found(reader, Ids.Kind.ORIGIN, ids, this::origins))
			.collect(HashMap::new, Map::putAll);
	}

	private Mono<Map<Long, Object>> notifications(Reader reader, List<Long> positions) {
		return this.history.byPositions(reader.account(), positions)
			.map((found) -> byNumber(this.views.of(reader, List.copyOf(found.values())),
					(view) -> view.entry().position()));
	}

	private Mono<Map<Long, Object>> integrations(Reader reader, List<Long> numbers) {
		return this.integrations.byIds(reader.account(), numbers)
			.map((found) -> byNumber(this.views.integrations(reader, List.copyOf(found.values())),
					(view) -> view.integration().integrationId()));
	}

	private Mono<Map<Long, Object>> origins(Reader reader, List<Long> numbers) {
		return this.integrations.originsByIds(reader.account(), numbers)
			.map((found) -> byNumber(found.values().stream().map(this.views::origin).toList(),
					(view) -> view.origin().originId()));
	}

	private Mono<Map<String, Object>> found(Reader reader, Ids.Kind kind, List<String> ids,
			BiFunction<Reader, List<Long>, Mono<Map<Long, Object>>> load) {
		Map<String, Long> numbers = numbers(reader.account(), kind, ids);
		return numbers.isEmpty() ? Mono.empty()
				: load.apply(reader, List.copyOf(numbers.values())).map((found) -> named(numbers, found));
	}

	private Map<String, Long> numbers(AccountId account, Ids.Kind kind, List<String> ids) {
		Map<String, Long> numbers = new LinkedHashMap<>();
		for (String id : ids) {
			Long number = this.ids.decode(kind, account, id);
			if (number != null) {
				numbers.put(id, number);
			}
		}
		return numbers;
	}

	private static Map<String, Object> named(Map<String, Long> numbers, Map<Long, Object> found) {
		Map<String, Object> named = new HashMap<>();
		numbers.forEach((id, number) -> {
			if (found.containsKey(number)) {
				named.put(id, Objects.requireNonNull(found.get(number)));
			}
		});
		return named;
	}

	private static <T> Map<Long, Object> byNumber(List<T> views, java.util.function.ToLongFunction<T> number) {
		Map<Long, Object> byNumber = new HashMap<>();
		views.forEach((view) -> byNumber.put(number.applyAsLong(view), view));
		return byNumber;
	}

}
