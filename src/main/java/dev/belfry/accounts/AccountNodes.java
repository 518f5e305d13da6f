package dev.belfry.accounts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/** The viewer's own account and its users, by their ids. */
@Component
class AccountNodes implements NodeResolver {

	private final Ids ids;

	private final Users users;

	AccountNodes(Ids ids, Users users) {
		this.ids = ids;
		this.users = users;
	}

	@Override
	public Mono<Map<String, Object>> resolve(Viewer viewer, List<String> ids) {
		AccountId account = viewer.accountId();
		Map<String, Object> found = new HashMap<>();
		for (String id : ids) {
			if (this.ids.decode(Ids.Kind.ACCOUNT, account, id) != null) {
				found.put(id, Objects.requireNonNull(viewer.account()));
			}
		}
		List<Long> numbers = ids.stream()
			.map((id) -> this.ids.decode(Ids.Kind.USER, account, id))
			.filter(Objects::nonNull)
			.distinct()
			.toList();
		if (numbers.isEmpty()) {
			return Mono.just(found);
		}
		return this.users.withNumbers(account, numbers)
			.doOnNext((user) -> found.put(this.ids.encode(Ids.Kind.USER, account, user.userId()), user))
			.then(Mono.just(found));
	}

}
