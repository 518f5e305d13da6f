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

	/** Reads items at once. */
	public static <T> InputBatch<T> read(List<Map<String, Object>> sent, String list, String id, Reader<T> reader) {
		Reading<T> reading = new Reading<>(list, id, reader);
		sent.forEach(reading::read);
		return reading.batch();
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

	/** Reads an item. */
	@FunctionalInterface
	public interface Reader<T> {

		/** Answers what is of no use if there are errors. */
		@Nullable T read(Map<String, Object> input, InputErrors errors);

	}

	/** Reads one item after the other. */
	public static final class Reading<T> {

		private final String list;

		private final String id;

		private final Reader<T> reader;

		private final List<Item<T>> items = new ArrayList<>();

		/**
		 * Of items of which none is read yet.
		 * @param list the field of the input that has them
		 * @param id the field of an item by which its sender knows it
		 */
		public Reading(String list, String id, Reader<T> reader) {
			this.list = list;
			this.id = id;
			this.reader = reader;
		}

		/** Reads the next as it was sent. */
		public void read(Map<String, Object> input) {
			InputErrors errors = new InputErrors().at(this.list).at(this.items.size());
			T value = this.reader.read(input, errors);
			this.items.add(new Item<>(this.items.size(), String.valueOf(input.get(this.id)), value, errors));
		}

		/** Those that are read. */
		public InputBatch<T> batch() {
			return new InputBatch<>(this.items);
		}

	}

}
