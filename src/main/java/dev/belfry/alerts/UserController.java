package dev.belfry.alerts;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.PageCursors;
import dev.belfry.accounts.PagedList;
import dev.belfry.accounts.User;
import dev.belfry.accounts.Users;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.Connection;
import dev.belfry.platform.Edge;
import dev.belfry.platform.Slice;
import reactor.core.publisher.Mono;

/** The users whom an alert can tell, as the schema asks for them. */
@Controller
class UserController {

	private final Users users;

	private final PageCursors cursors;

	UserController(Users users, PageCursors cursors) {
		this.users = users;
		this.cursors = cursors;
	}

	@QueryMapping
	Mono<Connection<User>> users(@Argument @Nullable String search, @Argument @Nullable Integer first,
			@Argument @Nullable String after, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		List<String> words = (search != null) ? Names.words(search, "search") : List.of();
		Slice slice = this.cursors.slice(PagedList.USERS, account, first, after);
		return this.users.page(account, words, slice.after(), slice.sought())
			.collectList()
			.map((found) -> Connection.of(slice, found, (page) -> page.stream().map(this::edge).toList()));
	}

	private Edge<User> edge(User user) {
		return new Edge<>(this.cursors.encode(PagedList.USERS, user.accountId(), user.sortKey()), user);
	}

}
