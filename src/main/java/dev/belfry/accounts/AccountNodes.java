package dev.belfry.accounts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/** The viewer's own account and its users, by their ids. */
@Component
class AccountNodes implements NodeResolver {

	private final Users users;

	AccountNodes(Users users) {
		this.users = users;
	}

	@Override
	public List<NodeType> types() {
		return List.of(new NodeType("Account", Ids.Kind.ACCOUNT, AccountNodes::accounts),
				new NodeType("User", Ids.Kind.USER, this::users));
	}

	/** An id of an account is sealed for that account, so it can only be this one. */
	private static Mono<Map<Long, Object>> accounts(Viewer viewer, Collection<Long> numbers) {
		return Mono.just(Map.of(viewer.accountId().value(), Objects.requireNonNull(viewer.account())));
	}

	private Mono<Map<Long, Object>> users(Viewer viewer, Collection<Long> numbers) {
		return this.users.withNumbers(viewer.accountId(), List.copyOf(numbers))
			.collectList()
			.map((found) -> NodeType.byNumber(found, User::userId));
	}

}
