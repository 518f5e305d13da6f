package dev.belfry.accounts.upserts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;

/**
 * The items of an upsert, told into those that can be done and those that are refused.
 */
record Batch<C extends Change>(List<Item<C>> items) {

	private static final int MOST = 500;

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	/** Reads the items, of which the second with an external id is refused. */
	static <I, C extends Change> Batch<C> of(String list, List<I> inputs, BiFunction<I, Checks, C> read) {
		if (inputs.isEmpty() || inputs.size() > MOST) {
			throw Refusal.badInput("This takes 1 to " + MOST + " items, not " + inputs.size() + ".", "input", list);
		}
		Set<String> seen = new HashSet<>();
		List<Item<C>> items = new ArrayList<>();
		for (int index = 0; index < inputs.size(); index++) {
			InputErrors errors = new InputErrors().at(list).at(index);
			C change = read.apply(inputs.get(index), new Checks(errors));
			if (!seen.add(change.externalId())) {
				errors.at("externalId")
					.add(UserErrorCode.REPEATED, "An item before this one has the same external id.");
			}
			items.add(new Item<>(index, change, errors.list()));
		}
		return new Batch<>(items);
	}

	List<C> good() {
		return this.items.stream().filter(Item::isGood).map(Item::change).toList();
	}

	List<String> externalIds() {
		return good().stream().map(Change::externalId).toList();
	}

	/** The good items, each as a part of the call. */
	Map<C, Call> calls(Call call) {
		Map<C, Call> calls = new LinkedHashMap<>();
		good().forEach(
				(change) -> calls.put(change, call.of(change.externalId(), Idempotency.hash(json(List.of(change))))));
		return calls;
	}

	/** Items for the database. */
	static String json(List<? extends Change> changes) {
		return JSON.writeValueAsString(changes);
	}

	/** One result for each item, in order. */
	<T> List<Result<T>> results(Map<String, Stored<T>> stored) {
		return this.items.stream().map((item) -> item.result(stored.get(item.change().externalId()))).toList();
	}

	record Item<C extends Change>(int index, C change, List<UserError> userErrors) {

		boolean isGood() {
			return this.userErrors.isEmpty();
		}

		<T> Result<T> result(@Nullable Stored<T> stored) {
			String externalId = this.change.externalId();
			if (!isGood() || stored == null) {
				return new Result<>(this.index, externalId, UpsertStatus.REJECTED, null, this.userErrors);
			}
			return new Result<>(this.index, externalId, stored.status(), stored.value(), List.of());
		}

	}

	/** What is stored after an upsert, and what that did to it. */
	record Stored<T>(UpsertStatus status, T value) {
	}

	/** What became of one item. */
	record Result<T>(int index, String externalId, UpsertStatus status, @Nullable T value, List<UserError> userErrors) {

		public @Nullable T account() {
			return this.value;
		}

		public @Nullable T user() {
			return this.value;
		}

	}

}
