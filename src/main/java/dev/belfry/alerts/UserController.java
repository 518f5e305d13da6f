package dev.belfry.alerts;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.accounts.User;
import dev.belfry.accounts.Users;
import dev.belfry.accounts.Viewer;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Slice;
import reactor.core.publisher.Mono;

/** The users whom an alert can tell, as the schema asks for them. */
@Controller
class UserController {

	private final Users users;

	private final Ids ids;

	UserController(Users users, Ids ids) {
		this.users = users;
		this.ids = ids;
	}

	@QueryMapping
	Mono<Connection> users(@Argument @Nullable String search, @Argument @Nullable Integer first,
			@Argument @Nullable String after, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		List<String> words = (search != null) ? Names.words(search, "search") : List.of();
		Slice slice = Slice.of(first, this.ids.place(Ids.Kind.USER_CURSOR, account, after, "after"), null, null);
		return this.users.page(account, words, (slice.after() != null) ? slice.after() : 0, slice.most() + 1)
			.collectList()
			.map((found) -> connection(account, slice, found));
	}

	private Connection connection(AccountId account, Slice slice, List<User> found) {
		List<Edge> edges = found.stream()
			.limit(slice.most())
			.map((user) -> new Edge(this.ids.encode(Ids.Kind.USER_CURSOR, account, user.userId()), user))
			.toList();
		PageInfo pageInfo = PageInfo.of(found.size() > slice.most(), slice.after() != null, edges,
				(edge) -> edge.cursor());
		return new Connection(edges, pageInfo);
	}

	/** A page of users. */
	record Connection(List<Edge> edges, PageInfo pageInfo) {

		public List<User> nodes() {
			return this.edges.stream().map(Edge::node).toList();
		}

	}

	/** A user with their cursor. */
	record Edge(String cursor, User node) {
	}

}
