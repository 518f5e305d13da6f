package dev.belfry.accounts.upserts;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.belfry.input.InputBatch;
import dev.belfry.input.InputBatch.Item;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.values.JsonBytes;

/** The items of an upsert, of which each is remembered by itself. */
record UpsertBatch<C extends UpsertBatch.Change>(InputBatch<C> items) {

	/** Reads the items, of which the second with an external id is refused. */
	static <C extends Change> UpsertBatch<C> read(Map<String, Object> input, String list,
			BiFunction<Map<String, Object>, UpsertChecks, C> reader) {
		Set<String> seen = new HashSet<>();
		return new UpsertBatch<>(InputBatch.read(InputBatch.sent(input, list), list, "externalId", (item, errors) -> {
			C change = reader.apply(item, new UpsertChecks(errors));
			if (!seen.add(change.externalId())) {
				errors.at("externalId")
					.add(UserErrorCode.REPEATED, "An item before this one has the same external id.");
			}
			return change;
		}));
	}

	List<C> good() {
		return this.items.good();
	}

	/** The good items, each as a part of the call. */
	Map<C, Call> calls(Call call) {
		Map<C, Call> calls = new LinkedHashMap<>();
		good().forEach((change) -> calls.put(change, call.of(change.externalId(),
				Idempotency.hash(new String(json(List.of(change)), StandardCharsets.UTF_8)))));
		return calls;
	}

	/** Items for the database. */
	static byte[] json(List<? extends Change> changes) {
		return JsonBytes.columns(changes);
	}

	/** One result for each item, in order. */
	<T> List<Result<T>> results(Map<String, Stored<T>> stored) {
		return this.items.answers(good().stream().map((change) -> stored.get(change.externalId())).toList(),
				Result::of);
	}

	/** Something known by an external id that an upsert registers or changes. */
	interface Change {

		String externalId();

	}

	/** What is stored after an upsert, and what that did to it. */
	record Stored<T>(UpsertStatus status, T value) {
	}

	/** What became of one item. */
	record Result<T>(int index, String externalId, UpsertStatus status, @Nullable T value, List<UserError> userErrors) {

		static <T> Result<T> of(Item<?> item, @Nullable Stored<T> stored) {
			return new Result<>(item.index(), item.id(), (stored != null) ? stored.status() : UpsertStatus.REJECTED,
					(stored != null) ? stored.value() : null, item.errors().list());
		}

		public @Nullable T account() {
			return this.value;
		}

		public @Nullable T user() {
			return this.value;
		}

	}

}
