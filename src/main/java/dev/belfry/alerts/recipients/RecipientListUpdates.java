package dev.belfry.alerts.recipients;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;
import org.springframework.stereotype.Component;

import dev.belfry.addresses.AddressList;
import dev.belfry.alerts.recipients.RecipientLists.Entry;
import dev.belfry.alerts.recipients.RecipientLists.Problem;
import dev.belfry.input.InputErrors;
import dev.belfry.input.NameKeys;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Memory;
import dev.belfry.versions.VersionedUpdate;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Author;
import reactor.core.publisher.Mono;

/**
 * Makes, changes and deletes recipient lists, all or nothing. Everything here fails with
 * {@link UserErrors} where the caller can correct it.
 */
@Component
class RecipientListUpdates {

	private static final AddressList ADDRESSES = new AddressList("A recipient list", RecipientList.MOST_ADDRESSES);

	private static final int MOST_NAMED = 5;

	private static final Memory<RecipientList, RecipientList> MEMORY = Memory.of(RecipientList.class);

	private final RecipientLists lists;

	private final Idempotency idempotency;

	RecipientListUpdates(RecipientLists lists, Idempotency idempotency) {
		this.lists = lists;
		this.idempotency = idempotency;
	}

	/** The new list. */
	Mono<RecipientList> create(AccountId account, Author author, RecipientListInput input) {
		String key = input.idempotencyKey();
		Mono<RecipientList> work = Mono.fromSupplier(() -> read(input, null, new InputErrors()))
			.flatMap((entry) -> save(account, null, 0, entry, author, key));
		return this.idempotency.once(call(account, "createRecipientList", input), work,
				this.lists.madeBy(account, String.valueOf(key)), MEMORY);
	}

	/** The list after the change. */
	Mono<RecipientList> update(AccountId account, Author author, long listId, RecipientListInput input) {
		Mono<RecipientList> work = VersionedUpdate.run(one(account, listId), input.expectedVersion(),
				(current, errors) -> {
					Entry entry = read(input, current, errors);
					return entry.equals(Entry.of(current)) ? Mono.just(current)
							: save(account, listId, current.version(), entry, author, null);
				});
		return this.idempotency.once(call(account, "updateRecipientList", input), work, this.lists.one(account, listId),
				MEMORY);
	}

	/** Deletes a list that no alert uses. */
	Mono<Void> delete(AccountId account, long listId, RecipientListInput input) {
		Mono<RecipientList> work = VersionedUpdate.run(one(account, listId), input.expectedVersion(),
				(current, errors) -> {
					errors.check();
					return this.lists.delete(account, listId, current.version())
						.filter((deleted) -> deleted.problem() != Problem.CHANGED)
						.flatMap((deleted) -> (deleted.problem() == null) ? Mono.just(current)
								: Mono.error(() -> inUse(deleted.users())));
				});
		return this.idempotency.once(call(account, "deleteRecipientList", input), work, Mono.empty()).then();
	}

	private static Call call(AccountId account, String operation, RecipientListInput input) {
		return new Call(account, operation, input.idempotencyKey(), Idempotency.hashOf(input));
	}

	private Mono<RecipientList> one(AccountId account, long listId) {
		return this.lists.one(account, listId).switchIfEmpty(Mono.error(RecipientListUpdates::notFound));
	}

	/** Nothing if another change was faster. */
	private Mono<RecipientList> save(AccountId account, @Nullable Long listId, int expected, Entry entry, Author author,
			@Nullable String idempotencyKey) {
		return this.lists
			.save(account, listId, expected, entry.name(), NameKeys.key(entry.name()),
					entry.addresses().toArray(String[]::new), author.userId(), author.name(), idempotencyKey,
					RecipientList.MOST)
			.filter((saved) -> saved.problem() != Problem.CHANGED)
			.flatMap((saved) -> (saved.listId() != null) ? this.lists.one(account, saved.listId())
					: Mono.error(() -> refused(saved.problem())));
	}

	/** What the list is to be, on top of what it is. */
	private static Entry read(RecipientListInput input, @Nullable RecipientList before, InputErrors errors) {
		String name = given(input.name(), errors.at("name"));
		List<String> addresses = given(input.addresses(), errors.at("addresses"));
		if (name != null) {
			NameKeys.check(name.strip(), RecipientList.LONGEST_NAME, errors.at("name"));
		}
		List<String> good = (addresses != null) ? ADDRESSES.read(addresses, errors.at("addresses")) : null;
		errors.check();
		return new Entry((name != null) ? name.strip() : Objects.requireNonNull(before).name(),
				(good != null) ? good : Objects.requireNonNull(before).addresses());
	}

	private static <T> @Nullable T given(ArgumentValue<T> value, InputErrors errors) {
		if (!value.isOmitted() && value.isEmpty()) {
			errors.add(UserErrorCode.REQUIRED, "Leave this out to keep the current value.");
		}
		return value.value();
	}

	private static UserErrors refused(@Nullable Problem problem) {
		if (problem == Problem.NAME) {
			return UserErrors.at(UserErrorCode.NOT_POSSIBLE, "Another recipient list has this name.", "name");
		}
		return new UserErrors(List.of(new UserError(UserErrorCode.NOT_POSSIBLE,
				"An account has at most " + RecipientList.MOST + " recipient lists. Delete one that you do not need.",
				null)));
	}

	private static UserErrors inUse(List<String> alerts) {
		String named = String.join(", ", alerts.stream().limit(MOST_NAMED).map((name) -> "\"" + name + "\"").toList());
		int more = alerts.size() - MOST_NAMED;
		return UserErrors.at(UserErrorCode.NOT_POSSIBLE, "These alerts use this recipient list: " + named
				+ ((more > 0) ? " and " + more + " more" : "") + ". Remove it from them first.", "id");
	}

	static UserErrors notFound() {
		return UserErrors.at(UserErrorCode.NOT_FOUND, "There is no such recipient list.", "id");
	}

}
