package dev.belfry.alerts.recipients;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.graphql.relay.Connection;
import dev.belfry.graphql.relay.PageOf;
import dev.belfry.graphql.relay.PageRequest;
import dev.belfry.graphql.relay.PagedList;
import dev.belfry.ids.Ids;
import dev.belfry.input.NameKeys;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrors;
import dev.belfry.values.SortKey;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Recipient lists as the schema asks for them. */
@Controller
class RecipientListController {

	private final RecipientLists lists;

	private final RecipientListUpdates updates;

	private final Ids ids;

	RecipientListController(RecipientLists lists, RecipientListUpdates updates, Ids ids) {
		this.lists = lists;
		this.updates = updates;
		this.ids = ids;
	}

	@QueryMapping
	Mono<Connection<RecipientList>> recipientLists(@Argument @Nullable String search,
			@PageOf(PagedList.RECIPIENT_LISTS) PageRequest page, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		List<String> words = (search != null) ? NameKeys.words(search, "search") : List.of();
		return this.lists.page(account, words.toArray(String[]::new), page.numberAfter(Long.MAX_VALUE), page.sought())
			.collectList()
			.map((found) -> page.connection(found, (list) -> SortKey.of(list.listId()), (shown) -> shown));
	}

	@SchemaMapping(typeName = "RecipientList")
	String id(RecipientList list, @ContextValue Viewer viewer) {
		return this.ids.encode(Ids.Kind.RECIPIENT_LIST, viewer.accountId(), list.listId());
	}

	@QueryMapping
	Mono<RecipientList> recipientList(@Argument String id, @ContextValue Viewer viewer) {
		return current(viewer.accountId(), id);
	}

	@MutationMapping
	Mono<Payload> createRecipientList(@Argument RecipientListInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		return payload(account, null, this.updates.create(account, Author.of(viewer), input));
	}

	@MutationMapping
	Mono<Payload> updateRecipientList(@Argument RecipientListInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long listId = number(account, input.id());
		return payload(account, input.id(), (listId == null) ? Mono.error(RecipientListUpdates::notFound)
				: this.updates.update(account, Author.of(viewer), listId, input));
	}

	@MutationMapping
	Mono<DeletePayload> deleteRecipientList(@Argument RecipientListInput input, @ContextValue Viewer viewer) {
		AccountId account = viewer.accountId();
		Long listId = number(account, input.id());
		Mono<RecipientList> work = (listId == null) ? Mono.error(RecipientListUpdates::notFound)
				: this.updates.delete(account, listId, input).then(Mono.empty());
		return UserErrors.answered(work, current(account, input.id()),
				(list, errors) -> new DeletePayload(errors.isEmpty() ? input.id() : null, list, errors));
	}

	private Mono<Payload> payload(AccountId account, @Nullable String id, Mono<RecipientList> update) {
		return UserErrors.answered(update, current(account, id), Payload::new);
	}

	private Mono<RecipientList> current(AccountId account, @Nullable String id) {
		Long listId = number(account, id);
		return (listId == null) ? Mono.empty() : this.lists.one(account, listId);
	}

	private @Nullable Long number(AccountId account, @Nullable String id) {
		return (id != null) ? this.ids.decode(Ids.Kind.RECIPIENT_LIST, account, id) : null;
	}

	/** The list after a mutation, also after one that was refused. */
	record Payload(@Nullable RecipientList recipientList, List<UserError> userErrors) {
	}

	/** What is gone, or what still is there. */
	record DeletePayload(@Nullable String deletedRecipientListId, @Nullable RecipientList recipientList,
			List<UserError> userErrors) {
	}

}
