package dev.belfry.conditions.cel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventFieldType;
import dev.belfry.conditions.operators.TimeChecks;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.FieldPath;
import dev.belfry.conditions.values.ValueForm;

/**
 * The fields of an event as CEL has them. It has no decimals: whole numbers are its int,
 * all others its double.
 */
public sealed interface CelShape {

	/**
	 * Its type; a field that is not declared is then refused when a condition is saved.
	 */
	CelType type();

	/**
	 * A value of an event as CEL has it; null if it is absent.
	 * @throws ConditionFailure if it is of another type
	 */
	@Nullable Object value(@Nullable Object value);

	/** The shape of some fields. */
	static Branch of(String name, List<EventField> fields) {
		Branch root = new Branch(name, new LinkedHashMap<>());
		fields.forEach((field) -> root.add(List.of(field.path().split("\\.")), field));
		return root;
	}

	/**
	 * An object. It is never absent, so that {@code has(order.customer.name)} never
	 * fails.
	 */
	record Branch(String name, Map<String, CelShape> children) implements CelShape {

		private void add(List<String> path, EventField field) {
			String first = path.get(0);
			String there = this.name.isEmpty() ? first : this.name + "." + first;
			if (path.size() > 1) {
				((Branch) this.children.computeIfAbsent(first, (any) -> new Branch(there, new LinkedHashMap<>())))
					.add(path.subList(1, path.size()), field);
			}
			else {
				this.children.put(first, (field.type() == EventFieldType.LIST)
						? new Rows(CelShape.of(there + " item", field.fields())) : new Leaf(field));
			}
		}

		@Override
		public StructType type() {
			return StructType.create(this.name + " object", ImmutableSet.copyOf(this.children.keySet()),
					(child) -> Optional.ofNullable(this.children.get(child)).map(CelShape::type));
		}

		@Override
		public Map<String, Object> value(@Nullable Object value) {
			Map<?, ?> object = (value instanceof Map<?, ?> map) ? map : Map.of();
			Map<String, Object> fields = new HashMap<>();
			this.children.forEach((name, child) -> {
				Object field = child.value(object.get(name));
				if (field != null) {
					fields.put(name, field);
				}
			});
			return fields;
		}

		/** All types of objects within it, and its own. */
		List<CelType> types() {
			List<CelType> types = new ArrayList<>();
			types.add(type());
			this.children.values().forEach((child) -> {
				if (child instanceof Branch branch) {
					types.addAll(branch.types());
				}
				else if (child instanceof Rows rows) {
					types.addAll(rows.item().types());
				}
			});
			return types;
		}

	}

	/** A list of objects. */
	record Rows(Branch item) implements CelShape {

		@Override
		public CelType type() {
			return ListType.create(this.item.type());
		}

		@Override
		public @Nullable Object value(@Nullable Object value) {
			return (value instanceof List<?> items && !items.isEmpty()) ? items.stream().map(this.item::value).toList()
					: null;
		}

	}

	/** A single value. */
	record Leaf(EventField field) implements CelShape {

		@Override
		public CelType type() {
			return switch (this.field.type()) {
				case STRING -> SimpleType.STRING;
				case INTEGER -> SimpleType.INT;
				case DECIMAL, MONEY -> SimpleType.DOUBLE;
				case BOOLEAN -> SimpleType.BOOL;
				case DATE_TIME -> SimpleType.TIMESTAMP;
				case LIST -> throw new IllegalStateException("A list is not a single value.");
			};
		}

		@Override
		public @Nullable Object value(@Nullable Object value) {
			if (value == null || FieldPath.isNothing(value)) {
				return null;
			}
			return switch (this.field.type()) {
				case INTEGER -> integer(ValueForm.number(value));
				case DECIMAL, MONEY -> ValueForm.number(value).doubleValue();
				case BOOLEAN -> ValueForm.BOOLEAN.of(value);
				case DATE_TIME -> TimeChecks.time(value);
				default -> ValueForm.text(value);
			};
		}

		private Long integer(BigDecimal number) {
			try {
				return number.longValueExact();
			}
			catch (ArithmeticException none) {
				throw new ConditionFailure(this.field.label() + " is not a whole number in this event.");
			}
		}

	}

}
