package dev.belfry.input;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The items of a call, of which each is handled on its own: what is wrong with one keeps
 * none of the others.
 */
public record InputBatch<T>(List<Item<T>> items) {

	private static final int MOST = 500;

	/**
	 * The items of a call as they were sent, if they are not too many.
	 * @param list the field of the input that has them
	 */
	@SuppressWarnings("unchecked")
	public static List<Map<String, Object>> sent(Map<String, Object> input, String list) {
		List<Map<String, Object>> sent = (List<Map<String, Object>>) Objects.requireNonNull(input.get(list), list);
		if (sent.isEmpty() || sent.size() > MOST) {
			throw Refusal.badInput("A call takes 1 to " + MOST + " " + list + "; this one has " + sent.size() + ".",
					"input", list);
		}
		return sent;
	}

	/**
	 * Reads items.
	 * @param list the field of the input that has them
	 * @param id the field of an item by which its sender knows it
	 * @param reader answers what is of no use if there are errors
	 */
	public static <T> InputBatch<T> read(List<Map<String, Object>> sent, String list, String id,
			BiFunction<Map<String, Object>, InputErrors, @Nullable T> reader) {
		List<Item<T>> items = new ArrayList<>(sent.size());
		for (Map<String, Object> input : sent) {
			InputErrors errors = new InputErrors().at(list).at(items.size());
			T value = reader.apply(input, errors);
			items.add(new Item<>(items.size(), String.valueOf(input.get(id)), value, errors));
		}
		return new InputBatch<>(items);
	}

	/** What is to be done. */
	public List<T> good() {
		return this.items.stream().filter(Item::isGood).map(Item::value).map(Objects::requireNonNull).toList();
	}

	/**
	 * An answer for each item, in their order.
	 * @param results what became of the good ones, in their order
	 * @param answer is given null for the result of an item that was refused
	 */
	public <R, A> List<A> answers(List<R> results, BiFunction<Item<T>, @Nullable R, A> answer) {
		Iterator<R> next = results.iterator();
		return this.items.stream().map((item) -> answer.apply(item, item.isGood() ? next.next() : null)).toList();
	}

	/**
	 * An item of a call.
	 *
	 * @param id by which its sender knows it
	 */
	public record Item<T>(int index, String id, @Nullable T value, InputErrors errors) {

		boolean isGood() {
			return this.errors.isEmpty();
		}

	}

}
