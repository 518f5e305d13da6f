package dev.belfry.accounts.directory;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.input.NameKeys;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** The users of an account, possible recipients of alerts, as the schema has them. */
@Controller
class UserController {

	private final Users users;

	UserController(Users users) {
		this.users = users;
	}

	@QueryMapping
	Mono<Connection<User>> users(@Argument @Nullable String search, @PageOf(PagedList.USERS) PageRequest page,
			@ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		List<String> words = (search != null) ? NameKeys.words(search, "search") : List.of();
		return this.users.page(account, words, page.after(), page.sought())
			.collectList()
			.map((found) -> page.connection(found, User::sortKey, (shown) -> shown));
	}

}
