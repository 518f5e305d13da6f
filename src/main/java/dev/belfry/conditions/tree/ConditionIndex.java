package dev.belfry.conditions.tree;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.FieldPath;
import dev.belfry.conditions.values.Subject;
import dev.belfry.conditions.values.ValueForm;

/**
 * Finds, of many conditions on one type of event, those that an event may match. One that
 * needs a field to have certain values is not looked at for an event that has another.
 */
public final class ConditionIndex<T> {

	private final List<T> entries = new ArrayList<>();

	private final BitSet always = new BitSet();

	private final Map<Field, Map<Object, List<Integer>>> byValue = new HashMap<>();

	/**
	 * An index of some entries.
	 * @param condition the condition of an entry; null if it has none and matches always
	 */
	public ConditionIndex(Collection<T> entries, Function<T, @Nullable Condition> condition) {
		for (T entry : entries) {
			Condition of = condition.apply(entry);
			add(this.entries.size(), (of != null) ? of.key() : null);
			this.entries.add(entry);
		}
	}

	private void add(int number, @Nullable IndexKey key) {
		if (key == null) {
			this.always.set(number);
			return;
		}
		Map<Object, List<Integer>> values = this.byValue.computeIfAbsent(new Field(key.path(), key.form()),
				(field) -> new HashMap<>());
		key.values().forEach((value) -> values.computeIfAbsent(value, (any) -> new ArrayList<>(1)).add(number));
	}

	/** All entries that the event may match or fail, in the order in which they came. */
	public List<T> candidates(Subject subject) {
		BitSet found = (BitSet) this.always.clone();
		this.byValue.forEach((field, values) -> {
			Object value = field.path().in(subject.payload());
			if (value != null) {
				add(found, field.form(), value, values);
			}
		});
		return found.stream().mapToObj(this.entries::get).toList();
	}

	/** A value of another type makes each test of it fail, which is an outcome too. */
	private static void add(BitSet found, ValueForm form, Object value, Map<Object, List<Integer>> values) {
		try {
			values.getOrDefault(form.of(value), List.of()).forEach(found::set);
		}
		catch (ConditionFailure ofAnotherType) {
			values.values().forEach((numbers) -> numbers.forEach(found::set));
		}
	}

	/** A field, and the form in which its values are looked up. */
	private record Field(FieldPath path, ValueForm form) {
	}

}
