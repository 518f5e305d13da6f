package dev.belfry.accounts.directory;

import java.util.List;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.ids.Ids;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;

/** Who is asking, as the schema shows it. */
@Controller
class ViewerController {

	private final Ids ids;

	ViewerController(Ids ids) {
		this.ids = ids;
	}

	@QueryMapping
	Viewer viewer(@ContextValue Viewer viewer) {
		return viewer;
	}

	@SchemaMapping(typeName = "Viewer")
	List<String> scopes(Viewer viewer) {
		return viewer.scopes().stream().sorted().toList();
	}

	@SchemaMapping(typeName = "Account", field = "id")
	String accountId(Account account) {
		return this.ids.encode(Ids.Kind.ACCOUNT, account.accountId(), account.accountId().value());
	}

	@SchemaMapping(typeName = "User", field = "id")
	String userId(User user) {
		return this.ids.encode(Ids.Kind.USER, user.accountId(), user.userId());
	}

}
